import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { sha256Of } from './sha256.ts';

/**
 * Opens a native library with `load` and returns what that returns. Throws unless the file that was there
 * before, during and after has the expected hash.
 */
export function openChecked<T>(path: string, sha256: string, load: (path: string) => T): T {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const loaded = load(path);
    if (sha256Of(file) !== sha256) {
      throw new Error(`${path} is not the file that belongs to this program: delete it and start again`);
    }
    if (statSync(path).ino !== fstatSync(file).ino) {
      throw new Error(`${path} was replaced while it was opened`);
    }
    return loaded;
  } finally {
    closeSync(file);
  }
}
