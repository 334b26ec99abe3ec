import { essence } from './limits.ts';

const ascii = (text: string) => [...Buffer.from(text, 'latin1')];
const has = (bytes: Uint8Array, at: number, expected: readonly number[]) =>
  expected.every((byte, index) => bytes[at + index] === byte);

const startsWith =
  (...expected: (string | number)[]) =>
  (bytes: Uint8Array) =>
    has(
      bytes,
      0,
      expected.flatMap((part) => (typeof part === 'string' ? ascii(part) : [part])),
    );

/** A file of the MPEG-4 family: what is inside, sound or pictures, its first bytes do not say; its tracks do. */
const isMp4 = (bytes: Uint8Array) => has(bytes, 4, ascii('ftyp'));
/** Eleven bits of synchronisation begin each frame of MPEG audio. */
const isFrame = (bytes: Uint8Array, mask: number, expected: number) =>
  bytes[0] === 0xff && ((bytes[1] ?? 0) & mask) === expected;
const isOldOffice = startsWith(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
const isZip = startsWith('PK', 3, 4);
const OPENXML = 'application/vnd.openxmlformats-officedocument';

/** What a file of each type that Meta takes begins with. */
const BEGINNINGS: Record<string, (bytes: Uint8Array) => boolean> = {
  'image/jpeg': startsWith(0xff, 0xd8, 0xff),
  'image/png': startsWith(0x89, 'PNG\r\n', 0x1a, 0x0a),
  'image/webp': (bytes) => has(bytes, 0, ascii('RIFF')) && has(bytes, 8, ascii('WEBP')),
  'video/mp4': isMp4,
  'video/3gpp': isMp4,
  'audio/mp4': isMp4,
  'audio/mpeg': (bytes) =>
    startsWith('ID3')(bytes) || (isFrame(bytes, 0xe0, 0xe0) && !isFrame(bytes, 0xf6, 0xf0)),
  'audio/aac': (bytes) => startsWith('ADIF')(bytes) || isFrame(bytes, 0xf6, 0xf0),
  'audio/amr': startsWith('#!AMR'),
  'audio/ogg': isOggOpusMono,
  'application/pdf': startsWith('%PDF-'),
  'application/msword': isOldOffice,
  'application/vnd.ms-excel': isOldOffice,
  'application/vnd.ms-powerpoint': isOldOffice,
  [`${OPENXML}.wordprocessingml.document`]: isZip,
  [`${OPENXML}.spreadsheetml.sheet`]: isZip,
  [`${OPENXML}.presentationml.presentation`]: isZip,
  'text/plain': (bytes) => !bytes.subarray(0, 4096).includes(0),
};

/** Whether the file begins as one of its declared type does. */
export function beginsAs(mime: string, bytes: Uint8Array): boolean {
  return BEGINNINGS[essence(mime)]?.(bytes) ?? false;
}

/**
 * The first page of an Ogg stream holds the identification header of Opus (RFC 7845, section 5.1): after 27 bytes and
 * one for each segment comes `OpusHead`, a version, and the number of channels.
 */
export function isOggOpusMono(bytes: Uint8Array): boolean {
  const header = 27 + (bytes[26] ?? 0);
  return has(bytes, 0, ascii('OggS')) && has(bytes, header, ascii('OpusHead')) && bytes[header + 9] === 1;
}

/** An extended WebP file with the flag for animation. */
export function isAnimatedWebp(bytes: Uint8Array): boolean {
  return has(bytes, 12, ascii('VP8X')) && ((bytes[20] ?? 0) & 2) !== 0;
}
