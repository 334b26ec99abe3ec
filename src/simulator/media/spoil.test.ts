import { expect, test } from 'bun:test';
import { SHOP, startScene } from '../fixture.ts';
import type { Spoiling, SpoilOptions } from './spoil.ts';

const NUMBER = SHOP.phoneNumberId;
const BYTES = new TextEncoder().encode('%PDF-1.7 of which every byte counts');
const HASH = new Bun.CryptoHasher('sha256').update(BYTES).digest('hex');

/** A file at Meta, asked for with what is spoiled once. */
async function openSpoiled(how: Spoiling, options?: SpoilOptions) {
  const scene = startScene();
  const id = scene.simulator.media.add({ phoneNumberId: NUMBER, bytes: BYTES, mime: 'application/pdf' });
  scene.simulator.trouble.spoil(how, options);
  const get = (address: string) =>
    fetch(address, { headers: { authorization: `Bearer ${SHOP.accessToken}` }, redirect: 'manual' });
  const node = async () =>
    (await get(`${scene.simulator.url}/v25.0/${id}`)).json() as Promise<Record<string, string>>;
  return Object.assign(scene, { get, node, download: async () => get((await node()).url ?? '') });
}

test.each<[Spoiling, object]>([
  ['elsewhere', { url: 'https://evil.example/x' }],
  ['wrong-hash', { sha256: expect.not.stringMatching(HASH) }],
  ['claims-too-large', { file_size: '104857601' }],
])('once, what is told of the file is spoiled: %s', async (how, expected) => {
  await using scene = await openSpoiled(how, { to: 'https://evil.example/x' });

  expect(await scene.node()).toMatchObject(expected);
  expect(await scene.node()).toMatchObject({ sha256: HASH, file_size: String(BYTES.length) });
  expect((await scene.download()).status).toBe(200);
});

test.each<[Spoiling, number, string | null]>([
  ['expired', 404, ''],
  ['missing', 404, ''],
  ['html', 200, '<!doctype html><title>Log in</title>'],
  ['half', 200, '%PDF-1.7 of which '],
  ['redirect', 302, ''],
])('once, the file is not given: %s', async (how, status, text) => {
  await using scene = await openSpoiled(how, { to: 'https://evil.example/x' });

  const spoiled = await scene.download();

  expect(spoiled.status).toBe(status);
  expect(spoiled.headers.get('location')).toBe(how === 'redirect' ? 'https://evil.example/x' : null);
  expect(await spoiled.text()).toBe(text ?? '');
  expect(await (await scene.download()).bytes()).toEqual(BYTES);
});

test('other bytes of the same length can come instead', async () => {
  await using scene = await openSpoiled('another-file');

  const bytes = await (await scene.download()).bytes();

  expect(bytes).toHaveLength(BYTES.length);
  expect(bytes).not.toEqual(BYTES);
});

test('a connection can break after half of the bytes', async () => {
  await using scene = await openSpoiled('cut-short');

  const answer = await scene.download();

  expect(answer.status).toBe(200);
  await expect(answer.bytes()).rejects.toThrow();
});

test('a file can come byte by byte', async () => {
  await using scene = await openSpoiled('trickle');

  const answer = await scene.download();
  const reader = answer.body?.getReader();

  expect((await reader?.read())?.value).toEqual(BYTES.subarray(0, 1));
  await reader?.cancel();
});

test('a file can have no end', async () => {
  await using scene = await openSpoiled('endless');

  const reader = (await scene.download()).body?.getReader();
  let bytes = 0;
  while (bytes < 1_000_000) {
    bytes += (await reader?.read())?.value?.length ?? 0;
  }

  expect(bytes).toBeGreaterThanOrEqual(1_000_000);
  await reader?.cancel();
});

test('what is planned for one number waits for its files', async () => {
  await using scene = await openSpoiled('missing', { phoneNumberId: '200' });

  expect((await scene.download()).status).toBe(200);
});

test('requests for files can be refused, hang and break like any other', async () => {
  await using scene = await openSpoiled('missing', { phoneNumberId: '200' });
  const { trouble, url } = scene.simulator;
  trouble.failNext(131016, { httpStatus: 503, on: 'media' });
  trouble.httpError(502, 1, { on: 'download' });
  trouble.resetBeforeAccept(1, { on: 'upload' });

  expect(await scene.node()).toMatchObject({ error: { code: 131016 } });
  expect((await scene.download()).status).toBe(502);
  await expect(
    fetch(`${url}/v25.0/${NUMBER}/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SHOP.accessToken}` },
      body: new FormData(),
    }),
  ).rejects.toThrow();
  trouble.clear();
  expect((await scene.download()).status).toBe(200);
});
