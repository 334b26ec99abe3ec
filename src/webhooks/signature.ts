import { timingSafeEqual } from 'node:crypto';

const HEADER = /^sha256=([0-9a-f]{64})$/i;

/** The bytes of X-Hub-Signature-256, or null when it is missing or no SHA-256 signature. */
export function readSignature(header: string | null): Uint8Array | null {
  const hex = header === null ? null : HEADER.exec(header)?.[1];
  return hex ? new Uint8Array(Buffer.from(hex, 'hex')) : null;
}

/** Whether `signature` is the HMAC-SHA256 of exactly these bytes under `secret`. Takes the same time either way. */
export function isSignedWith(secret: string, raw: Uint8Array, signature: Uint8Array): boolean {
  const expected = new Bun.CryptoHasher('sha256', secret).update(raw).digest();
  return timingSafeEqual(expected, signature);
}
