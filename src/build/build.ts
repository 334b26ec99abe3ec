import { copyFileSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compile } from './compile.ts';
import { collectLibraries, findLibvips } from './libraries.ts';
import { writeNotices } from './notices.ts';
import { installLibraries, installRuntime } from './packages.ts';
import { ROOT } from './root.ts';
import type { Target } from './targets.ts';

const DIST = join(ROOT, 'dist');
const LARGEST_BYTES = 160 * 1000 * 1000;

/** Builds `dist/<target>/`: the executable, libvips as a file beside it, and the notices. Returns the executable's path. */
export async function build(target: Target): Promise<string> {
  const folder = join(DIST, target.name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  const runtime = await installRuntime(target);
  const modules = await installLibraries(target);
  const libraries = collectLibraries(modules, target, join(ROOT, '.bun/build', `libraries-${target.cpu}`));
  const outfile = join(folder, 'oonobox');
  const packages = await compile(target, { runtime, libraries, outfile });

  const libvips = findLibvips(modules, target.cpu);
  copyFileSync(libvips, join(folder, basename(libvips)));
  writeFileSync(join(folder, 'THIRD_PARTY_NOTICES'), writeNotices(target, packages, modules));
  refuseLarge(outfile);
  return outfile;
}

/** `dist/oonobox` is the executable for this machine. */
export function linkOwn({ name }: Target): void {
  const link = join(DIST, 'oonobox');
  rmSync(link, { force: true });
  symlinkSync(join(name, 'oonobox'), link);
}

function refuseLarge(outfile: string): void {
  const { size } = statSync(outfile);
  if (size > LARGEST_BYTES) {
    throw new Error(`${outfile} has ${size} bytes; one file may have ${LARGEST_BYTES} at most`);
  }
}
