import { join } from 'node:path';
import type { NativeFiles } from './libraries.ts';
import { nativePlugin } from './native-plugin.ts';
import { ROOT } from './root.ts';
import type { Target } from './targets.ts';

/**
 * Compiles the program for a target into one executable that reads nothing of this repository.
 * Returns the names of the packages that are in it.
 */
export async function compile(
  target: Target,
  { runtime, libraries, outfile }: { runtime: string; libraries: NativeFiles; outfile: string },
): Promise<string[]> {
  const { metafile } = await Bun.build({
    entrypoints: [join(ROOT, 'src/main.ts')],
    root: ROOT,
    target: 'bun',
    format: 'esm',
    bytecode: true,
    // Shortened identifiers would break Elysia, which reads the parameters of handlers from their source text.
    minify: { whitespace: true, syntax: true, identifiers: false },
    metafile: true,
    plugins: [nativePlugin(libraries)],
    compile: {
      target: target.bun,
      executablePath: runtime,
      outfile,
      // Files that lie in the folder where it is started must not change what it does.
      autoloadDotenv: false,
      autoloadBunfig: false,
    },
  });
  return packagesAmong(Object.keys(metafile?.inputs ?? {}));
}

function packagesAmong(files: readonly string[]): string[] {
  const names = files.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}
