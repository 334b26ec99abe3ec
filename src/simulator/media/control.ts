import { numberOf, type World } from '../world.ts';
import { keepFile, type MediaFile } from './store.ts';

/** A file that is there without any request or message. */
export type AddedFile = {
  phoneNumberId: string;
  bytes: Uint8Array;
  mime: string;
  name?: string;
  /** Digits; a new one unless told. */
  id?: string;
  /** Who it is from decides how long it is kept: `customer`, the default, 7 days, `business` 30. */
  from?: MediaFile['from'];
};

export type MediaControl = {
  /** Returns its id. */
  add(file: AddedFile): string;
  /** Takes the file away, as Meta sometimes does: its id and addresses name nothing. */
  remove(id: string): void;
  /** Ends the life of the id, as if its 7 or 30 days were over. */
  expire(id: string): void;
};

export function createMediaControl(world: World): MediaControl {
  return {
    add({ from = 'customer', name = null, ...file }) {
      numberOf(world, file.phoneNumberId);
      return keepFile(world, { ...file, from, name }).id;
    },
    remove(id) {
      fileOf(world, id);
      world.media.files.delete(id);
    },
    expire(id) {
      fileOf(world, id).expiresAt = world.now();
    },
  };
}

/** For callers inside the process, so a wrong id is a mistake in the test. */
function fileOf(world: World, id: string): MediaFile {
  const file = world.media.files.get(id);
  if (!file) {
    throw new Error(`The simulator has no file ${id}`);
  }
  return file;
}
