import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Embedded } from '#src/ops/native/embedded.ts';
import type { Target } from './targets.ts';

export type NativeFiles = Record<keyof Embedded, { name: string; file: string; sha256: string }>;

/**
 * Copies a target's native libraries to `folder` under names that do not end in .node: those Bun would unpack
 * itself, into the temporary folder, which a hardened machine does not let it run from.
 */
export function collectLibraries(modules: string, { cpu }: Target, folder: string): NativeFiles {
  mkdirSync(folder, { recursive: true });
  const collect = (name: string, path: string) => {
    const file = join(folder, `${name}.bin`);
    copyFileSync(path, file);
    return { name, file, sha256: new Bun.CryptoHasher('sha256').update(readFileSync(file)).digest('hex') };
  };
  return {
    libsql: collect('libsql.node', join(modules, `@libsql/linux-${cpu}-gnu/index.node`)),
    sharp: collect('sharp.node', only(join(modules, `@img/sharp-linux-${cpu}/lib`), /^sharp-.*\.node$/)),
    libvips: collect('libvips-cpp.so', findLibvips(modules, cpu)),
  };
}

export function findLibvips(modules: string, cpu: Target['cpu']): string {
  return only(join(modules, `@img/sharp-libvips-linux-${cpu}/lib`), /^libvips-cpp\.so\./);
}

function only(folder: string, pattern: RegExp): string {
  const found = readdirSync(folder).filter((name) => pattern.test(name));
  if (found.length !== 1) {
    throw new Error(`${folder} holds ${found.length} files like ${pattern}, not one`);
  }
  return join(folder, String(found[0]));
}
