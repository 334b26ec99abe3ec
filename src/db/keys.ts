import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + 4;

/** One generation of one owner's random key: `control`, or an account's id. */
export type Generation = { number: number; key: Uint8Array };

/** What an owner's key is used for; the key itself leaves this file only wrapped. */
export type OwnerKeys = {
  /** The passphrase of the owner's database: 64 lower-case hex characters. */
  database: string;
  /** Seals with AES-256-GCM under the newest generation; `about` names what is sealed and is authenticated. */
  seal(secret: string | Uint8Array, about: string): Uint8Array;
  open(sealed: Uint8Array, about: string): Uint8Array;
  openText(sealed: Uint8Array, about: string): string;
  /** As `seal` and `open`, under the owner's media key: for the keys of files. */
  wrap(fileKey: Uint8Array, about: string): Uint8Array;
  unwrap(wrapped: Uint8Array, about: string): Uint8Array;
};

export function ownerKeys(owner: string, generations: readonly Generation[]): OwnerKeys {
  const newest = generations.at(-1);
  const first = generations[0];
  if (!newest || !first) {
    throw new Error(`no key generation for ${owner}`);
  }
  const fields = sealing(owner, generations, newest, 'field');
  const media = sealing(owner, generations, newest, 'media');

  return {
    // The database stays under its first generation: changing it is a rewrite of the file, done by `key rotate`.
    database: Buffer.from(derive(first.key, 'database')).toString('hex'),
    ...fields,
    openText: (sealed, about) => new TextDecoder().decode(fields.open(sealed, about)),
    wrap: media.seal,
    unwrap: media.open,
  };
}

/** Seals under the newest generation of the key for a purpose, opens under each. */
function sealing(
  owner: string,
  generations: readonly Generation[],
  newest: Generation,
  purpose: 'field' | 'media',
): Pick<OwnerKeys, 'seal' | 'open'> {
  const keys = new Map(generations.map(({ number, key }) => [number, derive(key, purpose)]));
  return {
    seal: (secret, about) => seal(derive(newest.key, purpose), newest.number, secret, `${owner}/${about}`),
    open(sealed, about) {
      const key = keys.get(generationOf(sealed));
      if (!key) {
        throw new Error(`sealed under an unknown key generation: ${about}`);
      }
      return openSealed(key, sealed, `${owner}/${about}`);
    },
  };
}

/** HKDF-SHA256: one 256-bit key for each purpose. */
export function derive(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), `oonobox/${purpose}`, 32));
}

/** Layout: version byte, generation (4 bytes, big endian), nonce (12), ciphertext, tag (16). The header is authenticated too. */
export function seal(
  key: Uint8Array,
  generation: number,
  secret: string | Uint8Array,
  about: string,
): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(VERSION, 0);
  header.writeUInt32BE(generation, 1);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.concat([header, Buffer.from(about)]));
  const body = Buffer.concat([cipher.update(Buffer.from(secret)), cipher.final()]);
  return new Uint8Array(Buffer.concat([header, nonce, body, cipher.getAuthTag()]));
}

export function openSealed(key: Uint8Array, sealed: Uint8Array, about: string): Uint8Array {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION) {
    throw new Error(`not a sealed value: ${about}`);
  }
  const header = bytes.subarray(0, HEADER_BYTES);
  const nonce = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(Buffer.concat([header, Buffer.from(about)]));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const body = bytes.subarray(HEADER_BYTES + NONCE_BYTES, bytes.length - TAG_BYTES);
  return new Uint8Array(Buffer.concat([decipher.update(body), decipher.final()]));
}

export function generationOf(sealed: Uint8Array): number {
  return new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength).getUint32(1);
}
