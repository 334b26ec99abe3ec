import { join } from 'node:path';
import type { BunPlugin } from 'bun';
import type { NativeFiles } from './libraries.ts';
import { ROOT } from './root.ts';

/**
 * Makes the native libraries part of the executable. Bun finds neither libSQL's nor sharp's by itself, since both
 * packages compute the name; here their loaders are replaced by ours, which unpack what is embedded.
 */
export const nativePlugin = (files: NativeFiles): BunPlugin => ({
  name: 'native libraries',
  setup(build) {
    // The entry for ES modules hides its `require` from the bundler.
    build.onResolve({ filter: /^sharp$/ }, () => ({ path: join(ROOT, 'node_modules/sharp/dist/index.cjs') }));

    build.onLoad({ filter: /\/node_modules\/sharp\/dist\/sharp\.cjs$/ }, () => ({
      loader: 'js',
      contents: `module.exports = require(${ours('sharp.ts')}).openSharp();`,
    }));

    build.onLoad({ filter: /\/node_modules\/libsql\/index\.js$/ }, async ({ path }) => ({
      loader: 'js',
      contents: replaceOnce(
        await Bun.file(path).text(),
        /\} = requireNative\(\);/,
        `} = require(${ours('libsql.ts')}).libsql;`,
      ).replace(/function requireNative\(\) \{[\s\S]*?\n\}\n/, ''),
    }));

    build.onLoad({ filter: /\/src\/ops\/native\/embedded\.ts$/ }, () => ({
      loader: 'ts',
      contents: embeddedModule(files),
    }));
  },
});

const ours = (file: string) => JSON.stringify(join(ROOT, 'src/ops/native', file));

function embeddedModule(files: NativeFiles): string {
  const entries = Object.entries(files);
  return [
    ...entries.map(([id, { file }]) => `import ${id} from ${JSON.stringify(file)} with { type: 'file' };`),
    'export const embedded = {',
    ...entries.map(
      ([id, { name, sha256 }]) => `  ${id}: ${JSON.stringify({ name, sha256 }).slice(0, -1)},"path":${id}},`,
    ),
    '};',
  ].join('\n');
}

/** A package that changed its text must stop the build: unpatched, the executable would not start. */
function replaceOnce(text: string, pattern: RegExp, replacement: string): string {
  if (text.split(pattern).length !== 2) {
    throw new Error(`libsql/index.js no longer has the one place ${pattern} that the build replaces`);
  }
  return text.replace(pattern, () => replacement);
}
