import { randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret nobody can guess: 256 bits unless said otherwise, URL-safe. */
export function newSecret(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** What is stored of a secret that only has to be recognised: SHA-256, lower-case hex. Only for random ones. */
export function hashSecret(secret: string): string {
  return new Bun.CryptoHasher('sha256').update(secret).digest('hex');
}

/** Compares in a time that does not depend on where two secrets differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(one)), Buffer.from(hashSecret(other)));
}
