import { expect, test } from 'bun:test';
import { brotliDecompressSync } from 'node:zlib';
import { bundleMediabunny } from '#src/testing/vendor-mediabunny.ts';
import { type AssetName, assets, assetUrl } from './assets.ts';

const get = (path: string, headers: Record<string, string> = {}) =>
  assets.handle(new Request(`http://localhost${path}`, { headers }));

const types: Record<AssetName, string> = {
  'app.css': 'text/css',
  'pages.css': 'text/css',
  'media.css': 'text/css',
  'app.js': 'text/javascript',
  'htmx.js': 'text/javascript',
  'passkey.js': 'text/javascript',
  'unsent.js': 'text/javascript',
  'search.js': 'text/javascript',
  'tray.css': 'text/css',
  'tray.js': 'text/javascript',
  'tray.html': 'text/html',
  'mediabunny.js': 'text/javascript',
  'picker.css': 'text/css',
  'picker.js': 'text/javascript',
  'player.js': 'text/javascript',
  'lightbox.js': 'text/javascript',
  'favicon.svg': 'image/svg+xml',
  'favicon-waiting.svg': 'image/svg+xml',
};

for (const [name, type] of Object.entries(types)) {
  test(`${name} is served under its hash and kept for good`, async () => {
    const answer = await get(assetUrl(name as AssetName));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toStartWith(type);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect((await answer.text()).length).toBeGreaterThan(100);
  });
}

test('another version’s address, and other names, are not there', async () => {
  expect((await get('/assets/0000000000000000/app.css')).status).toBe(404);
  expect((await get(assetUrl('app.css').replace('app.css', 'app.js'))).status).toBe(404);
  expect((await get(assetUrl('app.css').replace('app.css', '..%2f..%2fpackage.json'))).status).toBe(404);
  expect((await get(assetUrl('app.css').replace('app.css', 'constructor'))).status).toBe(404);
});

const encodings: Record<'br' | 'gzip', (bytes: Uint8Array<ArrayBuffer>) => Uint8Array> = {
  gzip: Bun.gunzipSync,
  br: brotliDecompressSync,
};

for (const [encoding, inflate] of Object.entries(encodings)) {
  test(`who takes ${encoding} gets the same text, smaller`, async () => {
    const plain = await (await get(assetUrl('app.css'))).text();
    const answer = await get(assetUrl('app.css'), { 'accept-encoding': encoding });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    expect(new TextDecoder().decode(inflate(bytes))).toBe(plain);
    expect(bytes.length).toBeLessThan(plain.length / 3);
  });
}

test('the layers are named first and in order', async () => {
  const css = await (await get(assetUrl('app.css'))).text();
  expect(css).toStartWith('@layer reset, tokens, base, layout, components, utilities;');
});

test('what is vendored is what the package has', async () => {
  const served = await (await get(assetUrl('htmx.js'))).text();
  for (const path of ['htmx.min.js', 'ext/hx-ws.min.js']) {
    const ours = await Bun.file(`node_modules/htmx.org/dist/${path}`).text();
    expect(served).toContain(ours.replace(/\n?\/\/# sourceMappingURL.*\n?$/, ''));
  }
});

test('what writes Ogg is what the package has, and no more of it than is used', async () => {
  const served = await get(assetUrl('mediabunny.js'), { 'accept-encoding': 'gzip' });
  const inflated = Bun.gunzipSync(new Uint8Array(await served.clone().arrayBuffer()));
  expect(new TextDecoder().decode(inflated)).toBe(await bundleMediabunny());
  expect((await served.arrayBuffer()).byteLength).toBeLessThan(48 * 1024);
});

test('the icon is also where browsers look by themselves', async () => {
  expect((await get('/favicon.ico')).headers.get('content-type')).toBe('image/svg+xml');
});

test('the stylesheet and the scripts fit the budget of a first view', async () => {
  const size = async (name: AssetName) =>
    (await (await get(assetUrl(name), { 'accept-encoding': 'gzip' })).arrayBuffer()).byteLength;
  expect(await size('app.css')).toBeLessThan(12 * 1024);
  expect((await size('app.js')) + (await size('htmx.js'))).toBeLessThan(28 * 1024);
});
