/**
 * Whether a file is the announced one: Meta writes SHA-256 in base64 in webhooks and in hex elsewhere. What is neither
 * announces nothing. `found` is lower-case hex.
 */
export function isAnnounced(announced: readonly (string | null)[], found: string): boolean {
  const hashes = announced
    .map((hash) => (hash === null ? null : toHex(hash)))
    .filter((hash) => hash !== null);
  return hashes.length === 0 || hashes.includes(found);
}

function toHex(hash: string): string | null {
  if (/^[0-9a-f]{64}$/i.test(hash)) {
    return hash.toLowerCase();
  }
  return /^[\w+/-]{43}=?$/.test(hash) ? Buffer.from(hash, 'base64').toString('hex') : null;
}
