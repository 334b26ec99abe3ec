import { afterEach, beforeEach, expect, test } from 'bun:test';
import sharp from 'sharp';
import { makeMp4 } from '#src/simulator/samples/mp4.ts';
import { sample } from '#src/simulator/samples/samples.ts';
import { type FileBox, hashOf, openFileBox } from './file-testing.ts';

let box: FileBox;
beforeEach(async () => {
  box = await openFileBox();
});
afterEach(() => box.close());

const photo = () =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: '#c84' } })
    .withExif({ IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '17/1 49/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

test('every kind of file reaches the customer as it lies in the vault, in the order it was given', async () => {
  const [video, voice, pdf] = await Promise.all([sample('video'), sample('voice'), sample('document')]);
  const given = [
    { body: await photo(), name: 'IMG 1.jpg' },
    { body: video.bytes, name: 'clip.mov' },
    { body: voice.bytes, name: 'anything', headers: { 'x-voice': '1' } },
    { body: voice.bytes, name: 'talk.ogg' },
    { body: pdf.bytes, name: 'Angebot für Rudo.pdf' },
    { body: 'a,b\n1,2\n', name: 'list.csv' },
    { body: makeMp4('3gp4', ['soun', 'mp4a']), name: 'memo.3gp' },
  ];
  const uploaded = [];
  for (const { body, ...about } of given) {
    uploaded.push(await box.upload(body, about));
  }
  expect(uploaded.map(({ kind }) => kind)).toEqual([
    'image',
    'video',
    'audio',
    'audio',
    'document',
    'document',
    'audio',
  ]);
  expect(uploaded[0]?.thumbnail).toBe(`/files/${uploaded[0]?.id}/thumbnail`);

  const answer = await box.send(
    uploaded.map(({ id }) => id),
    'As promised',
  );
  expect(answer.status).toBe(303);
  await box.settled();

  const { simulator } = box;
  const sent = simulator.sent.map(({ type, body }) => {
    const { id, ...more } = body[type] as { id: string };
    return { id, is: { type, ...more } };
  });
  expect(sent.map(({ is }) => is)).toEqual([
    { type: 'image', caption: 'As promised' },
    { type: 'video' },
    { type: 'audio', voice: true },
    { type: 'audio' },
    { type: 'document', filename: 'Angebot für Rudo.pdf' },
    { type: 'document', filename: 'list.csv' },
    { type: 'audio' },
  ] as object[] as { type: string }[]);
  expect(simulator.uploads.map(({ mime }) => mime).sort()).toEqual([
    'application/pdf',
    'audio/mp4',
    'audio/ogg; codecs=opus',
    'audio/ogg; codecs=opus',
    'image/jpeg',
    'text/plain',
    'video/mp4',
  ]);
  for (const [index, { id }] of sent.entries()) {
    const atMeta = simulator.uploads.find((file) => file.id === id);
    const row = await box.file(uploaded[index]?.id ?? 0);
    const kept = await box.read(row);
    expect(kept.equals(atMeta?.bytes ?? new Uint8Array())).toBe(true);
    expect(row.sha256).toBe(hashOf(kept));
    // Only pictures are changed on the way.
    expect(kept.equals(Buffer.from(given[index]?.body ?? ''))).toBe(index > 0);
  }
  expect((await box.written()).map(({ status }) => status)).toEqual(Array(7).fill('delivered'));
  expect(await box.outbox()).toEqual([]);
});
