import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { apiKeyCreate } from '#src/api/commands.ts';
import { api } from '#src/api/routes.ts';
import { seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { accountFolder } from '#src/db/inbox.ts';
import { files as rows } from '#src/db/schema/inbox/index.ts';
import type { Client } from '#src/testing/client.ts';
import { expectErrorInLog } from '#src/testing/log.ts';
import { files } from './routes.ts';
import { putFile, type TestFile } from './testing.ts';
import type { Vault } from './vault/vault.ts';

const CONVERSATION = 7;
const MESSAGE = 700;
const MB = 1024 * 1024;

let shop: ServedShop;
let ada: Client;
/** Chunks that were read from the vault, and who waits until a reading ends. */
const reading = { chunks: 0, ended: Promise.withResolvers<void>() };

beforeAll(async () => {
  shop = await serveShop((services) => {
    const watched = { ...services, vault: watch(services.vault) };
    return [files(watched), api(watched)];
  });
  ada = await shop.as(shop.adaId);
  await shop.inbox.write('normal', seedConversation(shop.inbox, CONVERSATION));
});

afterAll(() => shop.close());

function watch(vault: Vault): Vault {
  return {
    ...vault,
    async *read(...asked) {
      try {
        for await (const chunk of vault.read(...asked)) {
          reading.chunks += 1;
          yield chunk;
        }
      } finally {
        reading.ended.resolve();
      }
    },
  };
}

const jpegHead = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0];

/** As many bytes as said that begin as a JPEG and never repeat. */
function bytesOf(length: number): Uint8Array {
  const bytes = new Uint8Array(length).map((_, index) => index * 31 + (index >> 8) * 7 + (index >> 16));
  bytes.set(jpegHead.slice(0, length));
  return bytes;
}

const keep = (file: TestFile = {}) =>
  putFile(shop.inbox, shop.services.vault, { plain: bytesOf(200_000), messageId: MESSAGE, ...file });

const bodyOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

test('a file comes whole, under headers that let nothing in it run', async () => {
  const id = await keep({ name: 'roof.jpg' });
  const answer = await ada.get(`/files/${id}`);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': 'inline; filename="roof.jpg"',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=3600, immutable',
    'accept-ranges': 'bytes',
  });
  expect(await bodyOf(answer)).toEqual(Buffer.from(bytesOf(200_000)));
  const kept = await ada.get(`/files/${id}?download`);
  expect(kept.headers.get('content-disposition')).toBe('attachment; filename="roof.jpg"');
});

test.each([
  ['bytes=0-', 0, 199_999],
  ['bytes=0-0', 0, 0],
  ['bytes=65530-65545', 65_530, 65_545],
  ['bytes=131072-999999999', 131_072, 199_999],
  ['bytes=-5', 199_995, 199_999],
  ['bytes=-999999999999999999999', 0, 199_999],
  ['Bytes = 199999 - ', 199_999, 199_999],
])('%s is that part of it', async (range, start, end) => {
  const answer = await ada.get(`/files/${await keep()}`, { range });
  expect(answer.status).toBe(206);
  expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/200000`);
  expect(await bodyOf(answer)).toEqual(Buffer.from(bytesOf(200_000).subarray(start, end + 1)));
});

test.each(['bytes=200000-', 'bytes=999999999999999999999-', 'bytes=-0'])(
  '%s lies beyond it',
  async (range) => {
    const answer = await ada.get(`/files/${await keep()}`, { range });
    expect(answer.status).toBe(416);
    expect(answer.headers.get('content-range')).toBe('bytes */200000');
  },
);

test.each(['bytes=5-2', 'bytes=-', 'bytes=a-b', 'lines=1-2', 'bytes=0-1,5-6', 'bytes=1.5-2'])(
  '%s asks for nothing that is served in parts: all of it comes',
  async (range) => {
    const answer = await ada.get(`/files/${await keep()}`, { range });
    expect(answer.status).toBe(200);
    expect((await bodyOf(answer)).length).toBe(200_000);
  },
);

test('a part is only given beside the bytes it belongs to, and what is known is not sent again', async () => {
  const path = `/files/${await keep()}`;
  const { headers } = await ada.get(path);
  const etag = headers.get('etag') ?? '';
  const range = 'bytes=0-9';
  expect((await ada.get(path, { range, 'if-range': etag })).status).toBe(206);
  expect((await ada.get(path, { range, 'if-range': `W/${etag}` })).status).toBe(200);
  expect((await ada.get(path, { range, 'if-range': 'Mon, 30 Nov 2026 10:00:00 GMT' })).status).toBe(200);
  for (const known of [etag, `"other", W/${etag}`, '*']) {
    const again = await ada.get(path, { 'if-none-match': known });
    expect(again.status).toBe(304);
    expect((await bodyOf(again)).length).toBe(0);
  }
  expect((await ada.get(path, { 'if-none-match': '"other"' })).status).toBe(200);
});

test('who asks for the head alone learns the length, and nothing is read', async () => {
  const path = `/files/${await keep()}`;
  const before = reading.chunks;
  const ask = (headers = {}) =>
    fetch(`${shop.url}${path}`, { method: 'HEAD', headers: { cookie: ada.cookie ?? '', ...headers } });
  const whole = await ask();
  expect([whole.status, whole.headers.get('content-length')]).toEqual([200, '200000']);
  const part = await ask({ range: 'bytes=10-19' });
  expect([part.status, part.headers.get('content-length')]).toEqual([206, '10']);
  expect(reading.chunks).toBe(before);
});

test.each([
  ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'logo.jpg', 'image/jpeg'],
  ['<!doctype html><script>alert(1)</script>', 'photo.jpg', 'image/svg+xml; x'],
  ['%PDF-1.7 /JS (app.alert(1))', 'quote.pdf', 'application/pdf'],
  ['GIF89a', 'party.gif', 'image/gif'],
  ['', 'empty.png', 'image/png'],
])('%j is only ever downloaded, whatever it is called', async (text, name, mime) => {
  const id = await keep({ plain: Buffer.from(text), name, mime });
  const answer = await ada.get(`/files/${id}`);
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await answer.text()).toBe(text);
});

test('no name breaks out of its header', async () => {
  const name = '../\u202Efdp."\r\nset-cookie: a=b\r\n\r\n<script>é\u200B.exe';
  const { headers } = await ada.get(`/files/${await keep({ name })}?download`);
  expect(headers.getSetCookie()).toEqual([]);
  expect(headers.get('content-disposition')).toStartWith(
    'attachment; filename="_fdp._ set-cookie: a=b <script>_.exe"; filename*=UTF-8\'\'_fdp.%22%20set-cookie',
  );
});

/** Spoils one byte of the file that was stored last, at this place of it. */
async function spoil(id: number, at: number): Promise<void> {
  const [row] = await shop.inbox.sql.select().from(rows).where(eq(rows.id, id));
  const folder = join(accountFolder(shop.services.config.data, shop.accountId), 'media');
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) => path === row?.path);
  const path = join(folder, found ?? 'nowhere');
  const sealed = readFileSync(path);
  sealed[at] = (sealed[at] ?? 0) ^ 1;
  writeFileSync(path, sealed);
}

test('a file that is damaged from its start is an error, and not half an answer', async () => {
  const id = await keep();
  await spoil(id, 1_000);
  expectErrorInLog(/media-damaged/);
  const answer = await callApi(`/api/v1/media/${id}`);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({ type: 'media-damaged', title: 'The file is damaged' });
  const page = await ada.get(`/files/${id}`, { accept: 'text/html' });
  expect(await page.text()).toContain('This file is damaged');
});

test('a file that is damaged further on breaks the connection: nobody takes a part for the whole', async () => {
  const id = await keep({ plain: bytesOf(4 * MB) });
  await spoil(id, 2 * MB);
  expectErrorInLog(/broke off/);
  const answer = await ada.get(`/files/${id}`);
  expect(answer.status).toBe(200);
  await expect(answer.arrayBuffer()).rejects.toThrow();
  expect((await ada.get(`/files/${id}`, { range: 'bytes=3145728-3145800' })).status).toBe(206);
});

test('a client that goes away ends the reading, and nothing runs ahead of one that is slow', async () => {
  const id = await keep({ plain: bytesOf(40 * MB) });
  const before = reading.chunks;
  reading.ended = Promise.withResolvers<void>();
  const { hostname, port } = new URL(shop.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET /files/${id} HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${ada.cookie}\r\n\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  socket.destroy();
  await reading.ended.promise;
  expect(reading.chunks - before).toBeLessThan(320);
});

test('who may not see the conversation finds no file of it', async () => {
  const id = await keep({ thumbnail: bytesOf(100) });
  const bo = await shop.as(shop.boId);
  await shop.restrict(shop.boId, ['conversations.read'], 'own');
  const stranger = await shop.asStranger();
  for (const path of [`/files/${id}`, `/files/${id}/thumbnail`]) {
    expect((await ada.get(path)).status).toBe(200);
    expect((await bo.get(path)).status).toBe(404);
    expect((await stranger.get(path)).status).toBe(404);
    expect((await shop.anonymous.get(path, { accept: 'text/html' })).status).toBe(303);
  }
  for (const path of ['/files/0', '/files/x', '/files/99999999999999999999', '/files/404404']) {
    expect((await ada.get(path)).status).toBe(404);
  }
});

test('what is not fetched, or has no small picture, is not there', async () => {
  for (const state of ['waiting', 'fetching', 'failed', 'refused', 'erased'] as const) {
    const id = await putFile(shop.inbox, shop.services.vault, { state, messageId: MESSAGE });
    const answer = await callApi(`/api/v1/media/${id}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ type: 'media-not-stored' });
    expect((await ada.get(`/files/${id}/thumbnail`)).status).toBe(404);
  }
  expect((await ada.get(`/files/${await keep()}/thumbnail`)).status).toBe(404);
});

test('a small picture is kept by the browser for a day', async () => {
  const webp = Buffer.from(
    'RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0',
    'latin1',
  );
  const answer = await ada.get(`/files/${await keep({ thumbnail: webp })}/thumbnail`);
  expect(answer.headers.get('content-type')).toBe('image/webp');
  expect(answer.headers.get('cache-control')).toBe('private, max-age=86400, immutable');
  expect(answer.headers.get('content-length')).toBe(String(webp.length));
  expect(await bodyOf(answer)).toEqual(webp);
});

let key: Promise<{ key: string }> | null = null;

async function callApi(
  path: string,
  headers: Record<string, string> = {},
  scopes?: string,
): Promise<Response> {
  const make = (more = {}) =>
    apiKeyCreate(shop.services, {
      options: { account: String(shop.accountId), name: 'Till', ...more },
      stdin: null,
    });
  key ??= make();
  const bearer = scopes === undefined ? await key : await make({ scopes });
  return fetch(`${shop.url}${path}`, { headers: { authorization: `Bearer ${bearer.key}`, ...headers } });
}

test('the API gives the bytes unchanged, in parts too, to a key that may read', async () => {
  const id = await keep({ name: 'roof.jpg' });
  const path = `/api/v1/media/${id}`;
  const whole = await callApi(path);
  expect(whole.headers.get('content-disposition')).toBe('attachment; filename="roof.jpg"');
  expect(whole.headers.get('content-type')).toBe('image/jpeg');
  expect(await bodyOf(whole)).toEqual(Buffer.from(bytesOf(200_000)));
  expect((await callApi(path, { range: 'bytes=-10' })).status).toBe(206);
  expect((await callApi(path, {}, 'messages.send')).status).toBe(403);
  expect((await fetch(`${shop.url}${path}`, { redirect: 'manual' })).status).toBe(401);
});
