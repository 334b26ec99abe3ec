/** Meta serves media from hosts below these; `lookaside.fbsbx.com` is the one it documents. */
const MEDIA_HOSTS = ['fbsbx.com', 'fbcdn.net', 'whatsapp.net'];

/** Where a file may be fetched from: Meta's media hosts, or the very origin that the owner configured. */
export type MediaAddress = { at: 'graph' | 'media-host'; url: URL };

/**
 * Whether an address may be followed with the access token; null if not. It comes from outside, so nothing in it is
 * taken on trust: https on its usual port, one of Meta's hosts, no user name. The Graph API's own origin is exempt,
 * and must be met exactly.
 */
export function mediaAddress(address: string, graphUrl: string): MediaAddress | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || url.username !== '' || url.password !== '') {
    return null;
  } else if (url.origin === new URL(graphUrl).origin) {
    return { at: 'graph', url };
  }
  const isMeta = MEDIA_HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  return url.protocol === 'https:' && url.port === '' && isMeta ? { at: 'media-host', url } : null;
}
