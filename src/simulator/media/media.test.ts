import { expect, test } from 'bun:test';
import { SHOP, startScene } from '../fixture.ts';
import type { Simulator } from '../simulator.ts';

const NUMBER = SHOP.phoneNumberId;
const OTHER = { ...SHOP, phoneNumberId: '200', wabaId: '300', accessToken: 'token-of-another' };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PDF = new TextEncoder().encode('%PDF-1.7\n%%EOF\n');
const hexOf = (bytes: Uint8Array) => new Bun.CryptoHasher('sha256').update(bytes).digest('hex');

type Node = { url: string; mime_type: string; sha256: string; file_size: string; id: string };

const ask = (address: string, token: string | null = SHOP.accessToken, method = 'GET') =>
  fetch(address, { method, headers: token === null ? {} : { authorization: `Bearer ${token}` } });

const nodeOf = async ({ url }: Simulator, id: string, token?: string) =>
  (await ask(`${url}/v25.0/${id}?phone_number_id=${NUMBER}`, token)).json() as Promise<Node>;

type Part = string | { bytes: Uint8Array<ArrayBuffer>; mime: string; name?: string };

async function upload({ url }: Simulator, parts: Record<string, Part>, token: string = SHOP.accessToken) {
  const form = new FormData();
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') {
      form.append(name, part);
    } else {
      form.append(name, new Blob([part.bytes], { type: part.mime }), part.name ?? 'quote.pdf');
    }
  }
  const answer = await fetch(`${url}/v25.0/${NUMBER}/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  return { status: answer.status, body: (await answer.json()) as { id?: string; error?: { code: number } } };
}

const pdf = { bytes: PDF, mime: 'application/pdf' };
const whole = { messaging_product: 'whatsapp', type: 'application/pdf', file: pdf };

test('a file from a customer comes as an id, and is fetched in two steps', async () => {
  await using scene = startScene();
  const { simulator, tendai, received } = scene;

  await tendai.sendFile(NUMBER, {
    type: 'document',
    bytes: PDF,
    mime: 'application/pdf',
    filename: 'plan.pdf',
    caption: 'The plan',
  });

  const message = received[0]?.json.entry[0]?.changes[0]?.value.messages?.[0];
  const document = message?.document as Record<string, string>;
  expect(message).toMatchObject({ type: 'document' });
  expect(document).toEqual({
    id: expect.stringMatching(/^\d{16}$/),
    mime_type: 'application/pdf',
    sha256: Buffer.from(hexOf(PDF), 'hex').toString('base64'),
    filename: 'plan.pdf',
    caption: 'The plan',
  });
  const node = await nodeOf(simulator, document.id ?? '');
  expect(node).toEqual({
    messaging_product: 'whatsapp',
    url: expect.any(String),
    mime_type: 'application/pdf',
    sha256: hexOf(PDF),
    file_size: String(PDF.length),
    id: document.id,
  } as Node);
  expect(node.url).toStartWith(`${simulator.url}/`);
  const answer = await ask(node.url);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('content-length')).toBe(String(PDF.length));
  expect(await answer.bytes()).toEqual(PDF);
});

test('a webhook can have the address too, its own hash, and what belongs to the kind', async () => {
  await using scene = startScene();
  const { tendai, received } = scene;

  await tendai.sendFile(
    NUMBER,
    { type: 'audio', bytes: PDF, mime: 'audio/ogg; codecs=opus', voice: true, caption: 'no' },
    { url: true },
  );
  await tendai.sendFile(
    NUMBER,
    { type: 'sticker', bytes: PDF, mime: 'image/webp', filename: 'no' },
    { url: 'https://evil.example/', sha256: 'wrong' },
  );

  const [audio, sticker] = received.map(
    ({ json }) => json.entry[0]?.changes[0]?.value.messages?.[0] as Record<string, Record<string, string>>,
  );
  expect(audio?.audio).toMatchObject({ voice: true, mime_type: 'audio/ogg; codecs=opus' });
  expect(audio?.audio).not.toHaveProperty('caption');
  expect(await (await ask(audio?.audio?.url ?? '')).bytes()).toEqual(PDF);
  expect(sticker?.sticker).toEqual({
    id: expect.any(String),
    mime_type: 'image/webp',
    animated: false,
    url: 'https://evil.example/',
    sha256: 'wrong',
  } as unknown as Record<string, string>);
});

test('an address is for the token of its number, for five minutes; another is given any time', async () => {
  let now = Date.now();
  await using scene = startScene({ now: () => now });
  const { simulator } = scene;
  simulator.addNumber(OTHER);
  const id = simulator.media.add({ phoneNumberId: NUMBER, bytes: PDF, mime: 'application/pdf' });
  const { url } = await nodeOf(simulator, id);

  expect((await ask(url, null)).status).toBe(401);
  expect((await ask(url, OTHER.accessToken)).status).toBe(401);
  expect((await ask(url.replace(/hash=./, 'hash=!'))).status).toBe(404);
  now += 4 * MINUTE;
  expect((await ask(url)).status).toBe(200);
  now += 2 * MINUTE;
  expect((await ask(url)).status).toBe(404);
  expect((await ask((await nodeOf(simulator, id)).url)).status).toBe(200);
  simulator.trouble.expireToken(NUMBER);
  expect((await ask(url)).status).toBe(404);
});

test('an id is for the token of its number, and a number that is named must be its own', async () => {
  await using scene = startScene();
  const { simulator } = scene;
  simulator.addNumber(OTHER);
  const id = simulator.media.add({ phoneNumberId: NUMBER, bytes: PDF, mime: 'application/pdf' });
  const path = `${simulator.url}/v25.0/${id}`;

  expect((await ask(path)).status).toBe(200);
  expect((await ask(path, null)).status).toBe(401);
  for (const answer of [await ask(path, OTHER.accessToken), await ask(`${path}?phone_number_id=200`)]) {
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  }
});

test('an id ends after 7 days if it was received, after 30 if it was uploaded, and when it is removed', async () => {
  let now = Date.now();
  await using scene = startScene({ now: () => now });
  const { simulator } = scene;
  const received = simulator.media.add({ phoneNumberId: NUMBER, bytes: PDF, mime: 'application/pdf' });
  const uploaded = (await upload(simulator, whole)).body.id ?? '';
  const removed = (await upload(simulator, whole)).body.id ?? '';
  const status = async (id: string, method = 'GET') =>
    (await ask(`${simulator.url}/v25.0/${id}`, SHOP.accessToken, method)).status;

  expect(await status(removed, 'DELETE')).toBe(200);
  expect(await status(removed)).toBe(400);
  now += 8 * DAY;
  expect(await status(received)).toBe(400);
  expect(await status(uploaded)).toBe(200);
  now += 23 * DAY;
  expect(await status(uploaded)).toBe(400);
  expect(simulator.uploads.map(({ id }) => id)).toEqual([uploaded, removed]);
});

test('an upload is kept byte for byte', async () => {
  await using scene = startScene();
  const { simulator } = scene;
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));

  const answer = await upload(simulator, { ...whole, file: { ...pdf, bytes, name: 'a plan ü.pdf' } });

  expect(answer).toEqual({ status: 200, body: { id: expect.any(String) } });
  expect(simulator.uploads).toMatchObject([
    { id: answer.body.id, phoneNumberId: NUMBER, name: 'a plan ü.pdf', mime: 'application/pdf' },
  ]);
  expect(simulator.uploads[0]?.bytes).toEqual(bytes);
  expect(await (await ask((await nodeOf(simulator, answer.body.id ?? '')).url)).bytes()).toEqual(bytes);
});

const of = (mime: string, size: number) => ({ type: mime, file: { bytes: new Uint8Array(size), mime } });
const MB = 1024 * 1024;

test.each<[string, Record<string, Part>]>([
  ['no product', { type: 'application/pdf', file: pdf }],
  ['another product', { ...whole, messaging_product: 'telegram' }],
  ['no file', { messaging_product: 'whatsapp', type: 'application/pdf' }],
  ['a file under another name', { messaging_product: 'whatsapp', type: 'application/pdf', image: pdf }],
  ['no type', { messaging_product: 'whatsapp', file: pdf }],
  ['another type than the part has', { ...whole, type: 'text/plain' }],
  ['an undocumented field', { ...whole, caption: 'The plan' }],
  ['a picture of a kind that WhatsApp does not take', { ...whole, ...of('image/gif', 10) }],
  ['a recording as browsers make it', { ...whole, ...of('audio/webm', 10) }],
  ['a type that says nothing', { ...whole, ...of('application/octet-stream', 10) }],
  ['an empty file', { ...whole, ...of('application/pdf', 0) }],
  ['a picture over 5 MB', { ...whole, ...of('image/jpeg', 5 * MB + 1) }],
  ['a sticker over 500 KB', { ...whole, ...of('image/webp', 500 * 1024 + 1) }],
  ['a video over 16 MB', { ...whole, ...of('video/mp4', 16 * MB + 1) }],
  ['a document over 100 MB', { ...whole, ...of('application/pdf', 100 * MB + 1) }],
])('an upload with %s is refused', async (_name, parts) => {
  await using scene = startScene();

  expect(await upload(scene.simulator, parts)).toMatchObject({ status: 400, body: { error: { code: 100 } } });

  expect(scene.simulator.uploads).toBeEmpty();
});

test('a file may be as large as its limit', async () => {
  await using scene = startScene();

  expect((await upload(scene.simulator, { ...whole, ...of('image/jpeg', 5 * MB) })).status).toBe(200);

  expect(scene.simulator.uploads[0]?.bytes).toHaveLength(5 * MB);
});

test.each([
  ['that is JSON', 'application/json', '{}'],
  ['without a boundary', 'multipart/form-data', 'x'],
  [
    'that ends in the middle of the file',
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf\r\n\r\n%PDF',
  ],
])('an upload with a body %s is refused', async (_name, type, body) => {
  await using scene = startScene();

  const answer = await fetch(`${scene.simulator.url}/v25.0/${NUMBER}/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SHOP.accessToken}`, 'content-type': type },
    body,
  });

  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: 100 } });
});

test('an upload needs the token of its number', async () => {
  await using scene = startScene();
  scene.simulator.addNumber(OTHER);

  expect((await upload(scene.simulator, whole, 'nobody')).status).toBe(401);
  expect((await upload(scene.simulator, whole, OTHER.accessToken)).body.error?.code).toBe(100);
});

test('of a file over 100 MB the business only hears that it was too large', async () => {
  await using scene = startScene();

  await scene.tendai.sendFile(NUMBER, {
    type: 'video',
    bytes: new Uint8Array(100 * MB + 1),
    mime: 'video/mp4',
  });

  expect(scene.received[0]?.json.entry[0]?.changes[0]?.value.messages).toMatchObject([
    { type: 'unsupported', errors: [{ code: 131052 }] },
  ]);
});
