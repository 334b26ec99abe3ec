import { afterAll, beforeAll, expect, test } from 'bun:test';
import sharp from 'sharp';
import { type FileBox, openFileBox } from '#src/messages/file-testing.ts';
import { sample } from '#src/simulator/samples/samples.ts';

let box: FileBox;
beforeAll(async () => {
  box = await openFileBox();
});
afterAll(() => box.close());

type Media = { id: number; mime_type: string; size: number };
const upload = (body: BodyInit, headers: Record<string, string> = {}) =>
  box.api('/api/v1/media', { method: 'POST', body, headers });
const taken = async (body: BodyInit, headers: Record<string, string> = {}) =>
  (await (await upload(body, headers)).json()) as Media;
const send = (message: object, key: string = crypto.randomUUID(), api = box.api) =>
  api(`/api/v1/conversations/${box.conversationId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(message),
  });
const still = () =>
  sharp({ create: { width: 512, height: 512, channels: 4, background: '#0a05' } })
    .webp()
    .toBuffer();

test('a program uploads a file of each kind and sends it by its id, once for each key', async () => {
  const [photo, video, voice, pdf] = await Promise.all([
    sample('photo'),
    sample('video'),
    sample('voice'),
    sample('document'),
  ]);
  const image = await taken(photo.bytes);
  expect(image).toEqual({
    id: expect.any(Number),
    mime_type: 'image/jpeg',
    size: expect.any(Number),
  } as Media);
  const document = await taken(pdf.bytes, { 'x-file-name': 'Pre%C3%A7os.pdf' });
  const ids = {
    video: (await taken(video.bytes)).id,
    voice: (await taken(voice.bytes, { 'x-voice': '1' })).id,
    sticker: (await taken(await still())).id,
    named: (await taken(pdf.bytes, { 'x-file-name': 'out.pdf' })).id,
  };

  // Nothing leaves in between.
  await box.pauseNumber('131031');
  const first = await send({ type: 'image', image: { id: image.id, caption: 'Here' } }, 'one');
  const again = await send({ type: 'image', image: { id: image.id, caption: 'Here' } }, 'one');
  expect([first.status, again.status]).toEqual([202, 202]);
  const message = await first.json();
  expect(await again.json()).toEqual(message);
  expect(message).toMatchObject({
    type: 'image',
    text: 'Here',
    status: 'queued',
    attachments: [
      { id: image.id, mime_type: 'image/jpeg', size: image.size, url: `/api/v1/media/${image.id}` },
    ],
  });
  const otherwise = await send({ type: 'document', document: { id: image.id, caption: 'Here' } }, 'one');
  expect(otherwise.status).toBe(422);
  expect(await otherwise.json()).toMatchObject({ type: 'idempotency-mismatch' });
  await box.resumeNumber();

  for (const body of [
    { type: 'video', video: { id: ids.video } },
    { type: 'audio', audio: { id: ids.voice } },
    { type: 'document', document: { id: document.id } },
    { type: 'document', document: { id: ids.named, filename: '../Quote 17.pdf' } },
    { type: 'sticker', sticker: { id: ids.sticker } },
  ]) {
    expect((await send(body)).status).toBe(202);
  }
  await box.settled();
  const sent = box.simulator.sent.map(({ type, body, status }) => {
    const { id, ...more } = body[type] as { id: string };
    return { type, ...more, status };
  });
  expect(sent).toEqual([
    { type: 'image', caption: 'Here', status: 'delivered' },
    { type: 'video', status: 'delivered' },
    { type: 'audio', voice: true, status: 'delivered' },
    { type: 'document', filename: 'Preços.pdf', status: 'delivered' },
    { type: 'document', filename: 'Quote 17.pdf', status: 'delivered' },
    { type: 'sticker', status: 'delivered' },
  ] as typeof sent);
  const fetched = await box.api(`/api/v1/media/${document.id}`);
  expect(await fetched.bytes()).toEqual(new Uint8Array(pdf.bytes));
  // The name it was sent under is the one it is kept and found by.
  const found = await (await box.api('/api/v1/search?q=Quote')).json();
  expect(found.data.messages).toMatchObject([{ type: 'document', file_name: 'Quote 17.pdf' }]);
});

test('what does not fit its type, its key or its limits is refused by name', async () => {
  const text = (await taken('some text', { 'x-file-name': 'a.txt' })).id;
  const voice = (await taken((await sample('voice')).bytes)).id;
  const caption = 'x'.repeat(1025);
  for (const [body, words] of [
    [{ type: 'image', image: { id: text } }, 'as image'],
    [{ type: 'image' }, 'missing'],
    [{ type: 'text', image: { id: text } }, 'missing'],
    [{ type: 'document', document: { id: text, caption } }, '1,024'],
    [{ type: 'audio', audio: { id: voice, caption: 'x' } }, 'no caption'],
    [{ type: 'audio', audio: { id: voice, filename: 'x.ogg' } }, 'no name'],
    [{ type: 'document', document: { id: 12345 } }, 'no longer there'],
    [{ type: 'fax', fax: { id: text } }, 'invalid'],
  ] as const) {
    const answer = await send(body);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(words);
  }
  const ofAda = await box.upload('by Ada', { name: 'ada.txt' });
  expect((await send({ type: 'document', document: { id: ofAda.id } })).status).toBe(422);
  expect(
    (await send({ type: 'document', document: { id: text } }, 'x', await box.strangerApi())).status,
  ).toBe(404);

  const form = new FormData();
  form.append('file', new Blob(['x']), 'x.txt');
  expect((await upload(form)).status).toBe(415);
  expect((await upload('')).status).toBe(422);
  const big = Buffer.concat([await still(), Buffer.alloc(100 * 1024)]);
  expect((await upload(big)).status).toBe(413);
  expect((await fetch(`${box.url}/api/v1/media`, { method: 'POST', body: 'x' })).status).toBe(401);
});
