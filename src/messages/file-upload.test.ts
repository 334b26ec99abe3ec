import { afterAll, beforeAll, expect, test } from 'bun:test';
import { existsSync, readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeMp4 } from '#src/simulator/samples/mp4.ts';
import { sample } from '#src/simulator/samples/samples.ts';
import { until } from '#src/testing/until.ts';
import { type FileBox, openFileBox } from './file-testing.ts';

const MB = 1024 * 1024;
let box: FileBox;
beforeAll(async () => {
  box = await openFileBox();
});
afterAll(() => box.close());

const kept = (): string[] => {
  const { data } = box.services.config;
  const folder = join(data, 'accounts', String(box.accountId), 'media');
  return !existsSync(folder)
    ? []
    : readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name);
};
/** A body whose length nobody announces. */
const streamed = (bytes: Uint8Array) => new Blob([Buffer.from(bytes)]).stream();
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#483' } });

test('a picture is kept upright, without where it was taken, and no larger than WhatsApp takes', async () => {
  const taken = await picture(5000, 2500)
    .withExif({ IFD0: { Make: 'Nokia' }, IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '17/1 49/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const { id, mime, name } = await box.upload(taken, { name: 'Yard.JPG' });
  const row = await box.file(id);
  const found = await sharp(await box.read(row)).metadata();

  expect({ mime, name }).toEqual({ mime: 'image/jpeg', name: 'Yard.JPG' });
  expect(found).toMatchObject({ format: 'jpeg', width: 2048, height: 4096 });
  expect([found.exif, found.orientation, found.icc]).toEqual([undefined, undefined, undefined]);
  expect(row).toMatchObject({ width: 2048, height: 4096, thumbTried: true });
});

test('a PNG stays one, unless it is too large; a WebP becomes a JPEG; names say what they are', async () => {
  const small = await box.upload(await picture(20, 10).png().toBuffer(), { name: 'logo.svg' });
  expect(small).toMatchObject({ mime: 'image/png', name: 'logo.png', kind: 'image' });

  const noise = crypto.getRandomValues(new Uint8Array(64 * 1024));
  const raw = Buffer.alloc(1700 * 1700 * 3);
  for (let at = 0; at < raw.length; at += noise.length) {
    raw.set(noise.subarray(0, raw.length - at), at);
    crypto.getRandomValues(noise);
  }
  const large = await sharp(raw, { raw: { width: 1700, height: 1700, channels: 3 } })
    .png()
    .toBuffer();
  expect(large.length).toBeGreaterThan(5 * MB);
  const made = await box.upload(large, { name: 'noise.png' });
  expect(made).toMatchObject({ mime: 'image/jpeg', name: 'noise.jpg' });
  expect(made.bytes).toBeLessThanOrEqual(5 * MB);

  const webp = await box.upload(await picture(20, 10).webp().toBuffer(), { name: 'from the web' });
  expect(webp).toMatchObject({ mime: 'image/jpeg', name: 'from the web.jpg', kind: 'image' });
});

test('what a file is decides how it goes, whatever its name says', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  for (const name of ['photo.jpg', 'page.html', 'x.svg']) {
    expect(await box.upload(svg, { name })).toMatchObject({ kind: 'document', name });
  }
});

test('an MP4 is a video or sound by what plays in it, whatever brand it begins with', async () => {
  const sound = makeMp4('mp42', ['soun', 'mp4a']);
  for (const [body, kind, mime] of [
    [sound, 'audio', 'audio/mp4'],
    [makeMp4('3gp4', ['soun', 'mp4a']), 'audio', 'audio/mp4'],
    [makeMp4('M4A ', ['vide', 'jpeg'], ['soun', 'mp4a']), 'audio', 'audio/mp4'],
    [makeMp4('isom', ['vide', 'avc1'], ['soun', 'mp4a']), 'video', 'video/mp4'],
    [makeMp4('3gp5', ['vide', 'avc3']), 'video', 'video/3gpp'],
    [sound.subarray(0, -1), 'video', 'video/mp4'],
  ] as const) {
    const uploaded = await box.upload(body, { name: 'recording.m4a' });
    expect(uploaded).toMatchObject({ kind, mime });
    expect(await box.file(uploaded.id)).toMatchObject({ mime, sniffed: mime, duration: 1_500 });
  }
});

test('names lose paths, line breaks and what nobody sees', async () => {
  for (const [given, name] of [
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\Ada\\plan.txt', 'plan.txt'],
    ['in\u202Evoice\u200B.txt', 'invoice.txt'],
    ['a\r\nb\t.txt', 'ab.txt'],
    ['..', 'file'],
    ['', 'file'],
    [`${'ä'.repeat(300)}.txt`, `${'ä'.repeat(191)}.txt`],
  ] as const) {
    expect((await box.upload('text', { name: given })).name).toBe(name);
  }
});

test('what cannot be sent is refused with a sentence, and nothing of it is kept', async () => {
  const before = [await box.files(), kept()];
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')]);
  const { bytes: video } = await sample('video');
  const long = Buffer.concat([video, Buffer.alloc(16 * MB)]);
  const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  const cut = (await picture(900, 900).jpeg().toBuffer()).subarray(0, 900);
  const { bytes: voice } = await sample('voice');
  const stereo = Buffer.from(voice);
  stereo[28 + 9] = 2;
  const ZIP = Buffer.from([0x50, 0x4b, 0x05, 0x06, ...Buffer.alloc(18)]);
  const asVoice = { headers: { 'x-voice': '1' } };
  for (const [body, given, status, words] of [
    ['', {}, 422, /empty/],
    [heic, {}, 415, /HEIC/],
    [long, {}, 413, /at most 16 MB/],
    [streamed(long), {}, 413, /at most 16 MB/],
    [bomb, {}, 422, /megapixels/],
    [cut, {}, 422, /cannot be read/],
    ['no sound', asVoice, 415, /voice note/],
    [stereo, asVoice, 415, /one channel/],
    [stereo, { name: 'song.ogg' }, 415, /one-channel Opus/],
    ['\u0000\u0001\u0002', { name: 'dump.pdf' }, 415, /does not take files of this kind/],
    [ZIP, { name: 'photos.zip' }, 415, /PDF, Word/],
    [makeMp4('mp42', ['vide', 'hvc1'], ['soun', 'mp4a']), {}, 415, /videos in HEVC.*MP4 with H\.264 and AAC/],
    [makeMp4('isom', ['soun', 'mp4a'], ['vide', 'av01']), {}, 415, /videos in AV1/],
    [makeMp4('3gp5', ['vide', 'avc1'], ['soun', 'samr']), {}, 415, /videos whose sound is in AMR/],
    [makeMp4('3gp4', ['soun', 'samr']), {}, 415, /recordings in AMR.*as MP3/],
  ] as const) {
    const answer = await box.put(body, given);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await answer.json()) as { title: string; detail: string };
    expect(answer.status, problem.detail).toBe(status);
    expect(`${problem.title} ${problem.detail}`).toMatch(words);
  }
  expect([await box.files(), kept()]).toEqual(before);
});

/** The head of an upload of so many bytes: what follows is up to the test. */
function beginUpload(name: string, bytes: number): Socket {
  const { url, own, conversationId } = box;
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const head = { ...own, host: 'a', 'content-length': String(bytes), 'x-file-name': name };
  const lines = Object.entries(head).map(([header, value]) => `${header}: ${value}`);
  socket.write(`POST /conversations/${conversationId}/files HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  return socket;
}

test('an upload that is broken off leaves nothing', async () => {
  const before = [await box.files(), kept()];
  const count = kept().length;
  const socket = beginUpload('half.txt', 50 * MB);
  const piece = Buffer.alloc(60_000, 'words ');
  for (let sent = 0; sent < 5 * MB; sent += piece.length) {
    if (!socket.write(piece)) {
      await new Promise((resume) => socket.once('drain', resume));
    }
  }
  await until('the first of it to be written', async () => kept().length > count);
  socket.destroy();
  await until('it to be given up', async () => kept().length === count);
  expect([await box.files(), kept()]).toEqual(before);
});

test('pictures that come slowly keep nobody else’s from being taken', async () => {
  const count = kept().length;
  const slow = [beginUpload('slow.jpg', 20 * MB), beginUpload('slower.jpg', 20 * MB)];
  const head = await picture(900, 900).jpeg().toBuffer();
  let answers = 0;
  for (const socket of slow) {
    socket.once('data', () => {
      answers += 1;
    });
    socket.write(head);
  }
  await until('both to be on their way', async () => kept().length === count + 2);
  expect(await box.upload(head, { name: 'quick.jpg' })).toMatchObject({ kind: 'image' });
  expect(answers).toBe(0);
  for (const socket of slow) {
    socket.destroy();
  }
  // The picture and its thumbnail.
  await until('the slow ones to be given up', async () => kept().length === count + 2);
});

test('whoever may not write there, or is from elsewhere, puts nothing there', async () => {
  const stranger = await box.asStranger();
  const before = await box.files();
  const foreign = { cookie: stranger.cookie ?? '' };
  expect((await box.put('text', { headers: foreign })).status).toBe(404);
  expect((await box.put('text', { headers: { cookie: '' } })).status).toBe(303);
  expect((await box.put('text', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  expect(await box.files()).toEqual(before);
});

test('a file can be taken back until it is sent, by whoever put it there alone', async () => {
  const count = kept().length;
  const first = await box.upload('one', { name: 'one.txt' });
  const second = await box.upload('two', { name: 'two.txt' });
  const remove = (id: number, headers = {}) =>
    box.ada.post(`/files/${id}/removal`, { back: 'mine' }, headers);
  const bo = await box.as('bo');
  expect((await bo.post(`/files/${first.id}/removal`)).status).toBe(404);

  expect((await remove(first.id, { 'hx-request': 'true' })).status).toBe(204);
  expect(await box.file(first.id)).toBeUndefined();
  expect(kept()).toHaveLength(count + 1);

  await box.send([second.id]);
  expect((await remove(second.id, { accept: 'application/json' })).status).toBe(409);
  const third = await box.upload('three', { name: 'three.txt' });
  const plain = await remove(third.id);
  expect([plain.status, plain.headers.get('location')]).toEqual([303, `/inbox/mine/${box.conversationId}`]);
});
