import { afterAll, expect, test } from 'bun:test';
import { brotliDecompressSync } from 'node:zlib';
import { Elysia } from 'elysia';
import { readConfig } from '#src/config.ts';
import { createCounts } from '#src/ops/counts.ts';
import { openTestLog } from '#src/testing/log.ts';
import { compression } from './compression.ts';
import { edge } from './edge.ts';

const page = `<!doctype html><title>Inbox</title>${'<p>Good morning, is the 50 kg cement still there?</p>'.repeat(50)}`;
const html = { 'content-type': 'text/html; charset=utf-8', vary: 'HX-Request' };

const servers: { stop(): Promise<unknown> }[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

/** A server with this public address; its answers are as they are on the wire. */
function serve(url: string | null) {
  const config = { ...readConfig({}), url };
  const app = new Elysia()
    .use(edge({ config, log: openTestLog(), counts: createCounts() }))
    .use(compression({ url }))
    .get('/page', ({ set }) => {
      set.headers['x-kept'] = 'yes';
      return new Response(page, { headers: html, status: 202 });
    })
    .get('/short', () => new Response('<p>Hello</p>', { headers: html }))
    .get('/text', () => new Response(page, { headers: { 'content-type': 'text/plain' } }))
    .listen({ hostname: '127.0.0.1', port: 0 });
  servers.push({ stop: () => app.stop(true) });
  return (path: string, headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${app.server?.port}${path}`, { headers, decompress: false });
}

const overHttp = serve(null);
const overHttps = serve('https://inbox.example');

const inflate: Record<string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array> = {
  gzip: Bun.gunzipSync,
  br: brotliDecompressSync,
};

for (const encoding of ['br', 'gzip']) {
  test(`a page is shorter and the same in ${encoding}`, async () => {
    const answer = await overHttp('/page', { 'accept-encoding': encoding });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.status).toBe(202);
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    expect(answer.headers.get('x-kept')).toBe('yes');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(bytes.length).toBeLessThan(page.length / 5);
    expect(new TextDecoder().decode(inflate[encoding]?.(bytes))).toBe(page);
  });
}

test('who cannot read it gets it plain, and caches are told that both exist', async () => {
  const answer = await overHttp('/page', { 'accept-encoding': 'identity' });
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(answer.headers.get('vary')).toBe('HX-Request, Accept-Encoding, Sec-Fetch-Site');
  expect(await answer.text()).toBe(page);
});

test('what is short, and what is not a page, stays as it is', async () => {
  for (const path of ['/short', '/text']) {
    const answer = await overHttp(path, { 'accept-encoding': 'br' });
    expect(answer.headers.get('content-encoding')).toBeNull();
  }
});

test('over https only what our own pages or the person asked for is compressed', async () => {
  const encodingWhenSetOffBy = async (site: string | null) => {
    const from: Record<string, string> = site === null ? {} : { 'sec-fetch-site': site };
    const answer = await overHttps('/page', { 'accept-encoding': 'br', ...from });
    return answer.headers.get('content-encoding');
  };
  expect(await encodingWhenSetOffBy('same-origin')).toBe('br');
  expect(await encodingWhenSetOffBy('none')).toBe('br');
  expect(await encodingWhenSetOffBy('cross-site')).toBeNull();
  expect(await encodingWhenSetOffBy('same-site')).toBeNull();
  expect(await encodingWhenSetOffBy(null)).toBeNull();
});
