import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EmbeddedLibrary } from './embedded.ts';
import { unpackedName } from './unpack.ts';

/** Deletes what earlier versions of the program unpacked here. */
export function removeOthers(folder: string, libraries: readonly EmbeddedLibrary[]): void {
  const current = libraries.map(unpackedName);
  for (const name of readdirSync(folder).filter((found) => !current.includes(found))) {
    rmSync(join(folder, name), { force: true });
  }
}
