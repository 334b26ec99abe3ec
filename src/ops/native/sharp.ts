import { dlopen } from 'bun:ffi';
import { type Addon, loadAddon } from './addon.ts';
import { embedded } from './embedded.ts';
import { LIBRARIES } from './libraries.ts';
import { openChecked } from './open-checked.ts';
import { unpack } from './unpack.ts';

/** Names a libvips of the owner's choice, instead of the one inside the executable. */
export const LIBVIPS = 'OONOBOX_LIBVIPS';

/**
 * Stands in the executable where sharp's package looks for its add-on. The add-on asks the system for libvips by
 * its soname, which is found because it is open already. Throws with the reason where that is impossible.
 */
export function openSharp(): Addon {
  const folder = process.env[LIBRARIES];
  if (embedded === null || folder === undefined) {
    throw new Error('this process was not told where the native libraries lie');
  }
  const chosen = process.env[LIBVIPS];
  if (chosen === undefined) {
    openChecked(unpack(embedded.libvips, folder), embedded.libvips.sha256, openLibvips);
  } else {
    openLibvips(chosen);
  }
  const addon = loadAddon(embedded.sharp, folder);
  if (addon._isUsingX64V2 && process.arch === 'x64' && !addon._isUsingX64V2()) {
    throw new Error('this processor is too old for libvips: it lacks SSE4.2');
  }
  return addon;
}

// Any symbol of it will do; the library stays open for as long as the process lives.
function openLibvips(path: string): void {
  dlopen(path, { vips_version: { args: ['i32'], returns: 'i32' } });
}
