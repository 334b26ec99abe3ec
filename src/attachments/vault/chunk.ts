import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DamagedFile } from '#src/errors.ts';

// A file lies on the disk as a header ("OONO", version) and chunks of 64 KiB, each under AES-256-GCM and followed by its
// tag: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015; as in age and Tink). A chunk's nonce is the
// file's random prefix, the chunk's number and whether it is the last one, so that none can be cut off, moved or
// repeated; the file's id and the header are authenticated with each. An empty file is one empty last chunk.

export const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
export const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;
/** Magic and version. */
export const HEADER = Buffer.from('OONO\x01', 'latin1');

const KEY_BYTES = 32;
const PREFIX_BYTES = 7;
/** A file's own random key and, behind it, its nonce prefix: it seals one stream and never another. */
const FILE_KEY_BYTES = KEY_BYTES + PREFIX_BYTES;

export const newFileKey = (): Uint8Array => randomBytes(FILE_KEY_BYTES);

/** Which chunk of which file: what a chunk is bound to. */
export type Place = { fileId: number; number: number; isLast: boolean };

export const chunksIn = (bytes: number): number => Math.max(1, Math.ceil(bytes / CHUNK_BYTES));

/** How long a file of so many bytes is once it is sealed. */
export const sealedLength = (bytes: number): number => HEADER.length + bytes + chunksIn(bytes) * TAG_BYTES;

export function sealChunk(fileKey: Uint8Array, place: Place, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', fileKey.subarray(0, KEY_BYTES), nonceOf(fileKey, place));
  cipher.setAAD(authenticated(place));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws `DamagedFile` unless it is this chunk of this file, whole and unchanged. */
export function openChunk(fileKey: Uint8Array, place: Place, sealed: Uint8Array): Uint8Array {
  try {
    const tagAt = sealed.length - TAG_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', fileKey.subarray(0, KEY_BYTES), nonceOf(fileKey, place));
    decipher.setAAD(authenticated(place));
    decipher.setAuthTag(sealed.subarray(tagAt));
    const plain = decipher.update(sealed.subarray(0, tagAt));
    decipher.final();
    return plain;
  } catch (cause) {
    throw new DamagedFile(`chunk ${place.number} of file ${place.fileId} is damaged`, { cause });
  }
}

/** Prefix (7 bytes), number (4, big endian), last or not (1): the 12 bytes of a GCM nonce. */
function nonceOf(fileKey: Uint8Array, { number, isLast }: Place): Buffer {
  const nonce = Buffer.alloc(PREFIX_BYTES + 5);
  nonce.set(fileKey.subarray(KEY_BYTES), 0);
  nonce.writeUInt32BE(number, PREFIX_BYTES);
  nonce.writeUInt8(isLast ? 1 : 0, PREFIX_BYTES + 4);
  return nonce;
}

function authenticated({ fileId }: Place): Buffer {
  const id = Buffer.alloc(8);
  id.writeBigUInt64BE(BigInt(fileId));
  return Buffer.concat([HEADER, id]);
}
