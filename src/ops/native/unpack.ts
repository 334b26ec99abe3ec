import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddedLibrary } from './embedded.ts';
import { sha256Of } from './sha256.ts';

/**
 * Puts a library from inside the executable into `folder`, unless it lies there already, and returns its path.
 * The name carries the content's hash, so that two versions never meet in one file.
 */
export function unpack(library: EmbeddedLibrary, folder: string): string {
  const unpacked = join(folder, unpackedName(library));
  if (!holds(unpacked, library.sha256)) {
    const temporary = `${unpacked}.${process.pid}.new`;
    try {
      writeFileSync(temporary, readFileSync(library.path), { mode: 0o600 });
      renameSync(temporary, unpacked);
    } finally {
      rmSync(temporary, { force: true });
    }
  }
  return unpacked;
}

export function unpackedName({ name, sha256 }: EmbeddedLibrary): string {
  return `${sha256.slice(0, 16)}-${name}`;
}

function holds(path: string, sha256: string): boolean {
  if (!existsSync(path)) {
    return false;
  }
  const file = openSync(path, 'r');
  try {
    return sha256Of(file) === sha256;
  } finally {
    closeSync(file);
  }
}
