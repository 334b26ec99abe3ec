import type { EmbeddedLibrary } from './embedded.ts';
import { openChecked } from './open-checked.ts';
import { unpack } from './unpack.ts';

/** What a Node add-on exports. */
export type Addon = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** Loads an embedded Node add-on by way of `folder`. Throws when that cannot hold it, or nothing there may run. */
export function loadAddon(library: EmbeddedLibrary, folder: string): Addon {
  return openChecked(unpack(library, folder), library.sha256, (path) => {
    const loaded: { exports: Addon } = { exports: {} };
    process.dlopen(loaded, path);
    return loaded.exports;
  });
}
