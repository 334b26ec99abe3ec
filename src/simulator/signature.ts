/**
 * JSON as Meta writes it before signing: everything outside ASCII as \uXXXX and each slash escaped.
 * A receiver that signs a re-serialised body instead of the bytes it got is found out by this.
 */
export function encodeAsMeta(payload: unknown): Uint8Array<ArrayBuffer> {
  const json = JSON.stringify(payload)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return new TextEncoder().encode(json);
}

/** The value of X-Hub-Signature-256 over exactly these bytes. */
export function sign(bytes: Uint8Array, appSecret: string): string {
  return `sha256=${new Bun.CryptoHasher('sha256', appSecret).update(bytes).digest('hex')}`;
}
