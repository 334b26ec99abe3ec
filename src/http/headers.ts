import type { Config } from '#src/config.ts';

/** No inline script or style, no nonce, no eval: what a customer writes can never run. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const everywhere = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(self), payment=(), usb=()',
  'cache-control': 'no-store',
} as const;

/** Browsers honour these only over https, and complain about the second one elsewhere. */
const overHttps = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'cross-origin-opener-policy': 'same-origin',
} as const;

/** The headers of every response. What a response sets itself, such as an asset's caching, stays. */
export function securityHeaders({ url }: Pick<Config, 'url'>): Readonly<Record<string, string>> {
  return isHttps({ url }) ? { ...everywhere, ...overHttps } : everywhere;
}

export function isHttps({ url }: Pick<Config, 'url'>): boolean {
  return url?.startsWith('https://') ?? false;
}
