import { type Addon, loadAddon } from './addon.ts';
import type { Embedded } from './embedded.ts';

let addon: Addon | null = null;

/** Loads libSQL by way of `folder`; from then on databases can be opened in this thread. */
export function openLibsql(libraries: Embedded, folder: string): void {
  addon ??= loadAddon(libraries.libsql, folder);
}

/**
 * Stands in the executable where libSQL's package looks for its add-on. The package is imported before the data
 * folder is known, so each function finds the add-on at its first call.
 */
export const libsql: Addon = new Proxy<Addon>({}, { get: (_, name) => late(String(name)) });

function late(name: string): Addon[string] {
  let found: Addon[string] | undefined;
  return function (this: unknown, ...args) {
    found ??= addon?.[name];
    if (!found) {
      throw new Error(`libSQL's ${name} was called before its library was opened`);
    }
    // The package gives most of them their database or statement as \`this\`.
    return Reflect.apply(found, this, args);
  };
}
