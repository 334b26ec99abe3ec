import { join } from 'node:path';

const folder = join(import.meta.dir, '../../static/vendor/mediabunny');
export const vendoredMediabunny = join(folder, 'mediabunny.min.js');

/** The part of the package that browsers get, as one file: the whole of it would be more than twice as much to load. */
export async function bundleMediabunny(): Promise<string> {
  const built = await Bun.build({ entrypoints: [join(folder, 'used.js')], target: 'browser', minify: true });
  const [file] = built.outputs;
  if (file === undefined) {
    throw new Error('Nothing was built.');
  }
  return file.text();
}

if (import.meta.main) {
  await Bun.write(vendoredMediabunny, await bundleMediabunny());
}
