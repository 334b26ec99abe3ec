import type { World } from '../world.ts';

const DAY = 24 * 60 * 60 * 1000;

/** How long Meta keeps a file: what a customer sent 7 days, what the business uploaded 30. */
const LIFE = { customer: 7 * DAY, business: 30 * DAY };

/** So many bytes of files are kept in memory; the oldest go first. */
const MOST_BYTES = 512 * 1024 * 1024;

/** A file as Meta keeps it. */
export type MediaFile = {
  id: string;
  phoneNumberId: string;
  from: 'customer' | 'business';
  name: string | null;
  /** As it was declared, with parameters. */
  mime: string;
  bytes: Uint8Array;
  /** Lower-case hex. */
  sha256: string;
  /** Milliseconds. */
  at: number;
  /** Milliseconds: from here on the id names nothing. */
  expiresAt: number;
};

/** `uploads` are the same files that the business uploaded, in order, also when their id has ended. */
export type MediaStore = { files: Map<string, MediaFile>; uploads: MediaFile[]; addressKey: string };

export type NewFile = Pick<MediaFile, 'phoneNumberId' | 'from' | 'name' | 'mime' | 'bytes'> & {
  /** Milliseconds; now, unless it is a file of the past. */
  at?: number;
  id?: string;
};

export function emptyStore(): MediaStore {
  return { files: new Map(), uploads: [], addressKey: crypto.randomUUID() };
}

export function keepFile({ media, now }: World, { at = now(), id = newId(), ...file }: NewFile): MediaFile {
  const kept: MediaFile = {
    ...file,
    id,
    sha256: new Bun.CryptoHasher('sha256').update(file.bytes).digest('hex'),
    at,
    expiresAt: at + LIFE[file.from],
  };
  media.files.set(kept.id, kept);
  if (file.from === 'business') {
    media.uploads.push(kept);
  }
  makeRoom(media);
  return kept;
}

/** The file that the id names at present, or null: it never existed, was removed or has outlived its days. */
export function findFile({ media, now }: World, id: string): MediaFile | null {
  const file = media.files.get(id);
  return file && file.expiresAt > now() ? file : null;
}

function makeRoom(media: MediaStore): void {
  let bytes = media.files.values().reduce((sum, file) => sum + file.bytes.length, 0);
  for (const file of media.files.values()) {
    if (bytes <= MOST_BYTES) {
      return;
    }
    bytes -= file.bytes.length;
    media.files.delete(file.id);
    // The list stays the same one: it was handed out.
    const index = media.uploads.indexOf(file);
    if (index >= 0) {
      media.uploads.splice(index, 1);
    }
  }
}

/** Sixteen digits, as Meta's ids are. */
function newId(): string {
  const [random = 0n] = crypto.getRandomValues(new BigUint64Array(1));
  return String(10n ** 15n + (random % (9n * 10n ** 15n)));
}
