import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { eq, inArray } from 'drizzle-orm';
import sharp from 'sharp';
import { files } from '#src/db/schema/inbox/index.ts';
import { openTab } from '#src/live/testing-tab.ts';
import { makeMp4 } from '#src/simulator/samples/mp4.ts';
import type { FileMessage } from '#src/simulator/simulator.ts';
import { asFragment } from '#src/testing/client.ts';
import { createFetching } from './fetch.ts';
import { type FetchingBox, openFetchingBox } from './fetch-testing.ts';
import { createThumbnails } from './thumbnail/thumbnails.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const text = (words: string) => new TextEncoder().encode(words);
const padded = (head: string, length = 3_000) =>
  Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(length)]);

const PDF = padded('%PDF-1.7\n');
const OGG = padded(`OggS\0\x02${'\0'.repeat(20)}\x01\x13OpusHead`);
const MP4 = padded('\0\0\0\x18ftypmp42\0\0\0\0mp42isom');
const pdf: FileMessage = { type: 'document', bytes: PDF, mime: 'application/pdf', filename: 'quote.pdf' };

let box: FetchingBox;
beforeAll(async () => {
  box = await openFetchingBox();
});
beforeEach(() => box.simulator.trouble.clear());
afterAll(() => box.close());

async function picture(format: 'jpeg' | 'png' | 'webp', width = 600, height = 400): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#fff', noise } })
    .toFormat(format)
    .toBuffer();
}

async function photo(width: number, height: number): Promise<FileMessage> {
  return { type: 'image', bytes: await picture('jpeg', width, height), mime: 'image/jpeg' };
}

describe('every kind', () => {
  test.each([
    ['a photo', 'image', 'image/jpeg', () => picture('jpeg'), 'image/jpeg'],
    ['a screenshot', 'image', 'image/png', () => picture('png'), 'image/png'],
    ['a sticker', 'sticker', 'image/webp', () => picture('webp', 512, 512), 'image/webp'],
    ['a voice note', 'audio', 'audio/ogg; codecs=opus', () => OGG, 'audio/ogg'],
    ['a video', 'video', 'video/mp4', () => MP4, 'video/mp4'],
    ['a recording', 'audio', 'audio/mp4', () => makeMp4('mp42', ['soun', 'mp4a']), 'audio/mp4'],
    ['a document', 'document', 'application/pdf', () => PDF, 'application/pdf'],
    ['a text', 'document', 'text/plain', () => text('Cement: 12 bags'), null],
    ['a file of one byte', 'document', 'text/plain', () => text('.'), null],
  ] as const)('%s comes byte for byte into the vault', async (_, type, mime, make, sniffed) => {
    const bytes = new Uint8Array(await make());
    const row = await box.send({ type, bytes, mime });
    expect(row).toMatchObject({
      state: 'stored',
      mime,
      sniffed,
      bytes: bytes.length,
      error: null,
      nextAt: null,
    });
    expect(row.sha256).toBe(sha256(bytes));
    expect(sha256(await box.read(row))).toBe(sha256(bytes));
  });

  test('a picture gets its size and a thumbnail, which is a file of its own', async () => {
    const row = await box.send(await photo(900, 300));
    expect(row).toMatchObject({ width: 900, height: 300, thumbTried: true });
    const thumbnail = await box.file(row.thumbId ?? 0);
    expect(thumbnail).toMatchObject({ state: 'stored', sniffed: 'image/webp', thumbTried: true });
    const webp = await box.read(thumbnail);
    expect(webp.length).toBeLessThanOrEqual(12 * 1024);
    expect(await sharp(webp).metadata()).toMatchObject({ format: 'webp', width: 240, height: 80 });
  });

  test('a picture that nobody has looked at when the program ends is looked at after the next start', async () => {
    const { id } = await box.send(await photo(300, 200));
    const unseen = { thumbTried: false, thumbId: null, width: null };
    await box.inbox(({ write, sql: db }) =>
      write('normal', [db.update(files).set(unseen).where(eq(files.id, id))]),
    );
    const next = createFetching(() => box.services);
    next.poke(box.accountId);
    await next.idle();
    expect(await box.file(id)).toMatchObject({ thumbTried: true, width: 300, height: 200 });
    await next.stop();
  });

  test('where no picture can be made now, the others are not tried in vain, and are made once one can be', async () => {
    const { services, accountId } = box;
    const ids: number[] = [];
    for (const width of [310, 320, 330]) {
      ids.push((await box.send(await photo(width, 200))).id);
    }
    const unseen = { thumbTried: false, thumbId: null, width: null };
    await box.inbox(({ write, sql: db }) =>
      write('normal', [db.update(files).set(unseen).where(inArray(files.id, ids))]),
    );
    const { log, now } = services;
    const off = createThumbnails({ libraries: null, libvips: null, log, now, command: ['false'] });
    let tries = 0;
    const make: typeof off.make = (...given) => {
      tries += 1;
      return off.make(...given);
    };
    const resting = createFetching(() => ({ ...services, thumbnails: { ...off, make } }));
    resting.poke(accountId);
    await resting.idle();
    await resting.stop();
    expect(tries).toBe(1);

    const next = createFetching(() => services);
    next.poke(accountId);
    await next.idle();
    await next.stop();
    expect(await Promise.all(ids.map(async (id) => (await box.file(id)).width))).toEqual([310, 320, 330]);
  });

  test('a file of many megabytes comes whole, and its chunks in order', async () => {
    const bytes = new Uint8Array(3 * 1024 * 1024 + 77).map((_, at) => at * 7 + (at >> 11));
    const row = await box.send({ ...pdf, bytes });
    expect(row).toMatchObject({ state: 'stored', sha256: sha256(bytes) });
    expect(sha256(await box.read(row))).toBe(sha256(bytes));
  });
});

describe('the address', () => {
  test('one that came with the message is used, and nothing is asked', async () => {
    const before = box.questions();
    expect(await box.send(pdf, { url: true })).toMatchObject({ state: 'stored' });
    expect(box.questions()).toBe(before);
  });

  test.each([
    'https://evil.example/x',
    'http://127.0.0.1:9/x',
    'https://[::1]/x',
    'file:///etc/passwd',
    'nonsense',
  ])('one that is not Meta’s is not followed; the file is asked for by its id: %s', async (url) => {
    const before = box.questions();
    expect(await box.send(pdf, { url })).toMatchObject({ state: 'stored', sha256: sha256(PDF) });
    expect(box.questions()).toBe(before + 1);
  });

  test('one that has expired is asked for again, at once', async () => {
    const { trouble } = box.simulator;
    trouble.spoil('expired');
    expect(await box.send(pdf)).toMatchObject({ state: 'stored', tries: 1 });
    trouble.spoil('expired', { count: 2 });
    const row = await box.send(pdf);
    expect(row).toMatchObject({ state: 'waiting', tries: 1 });
    await box.pass(5_000);
    expect(await box.file(row.id)).toMatchObject({ state: 'stored', tries: 2 });
  });

  test('neither a redirect nor an address elsewhere in Meta’s own answer is followed', async () => {
    let strangers = 0;
    const stranger = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      fetch() {
        strangers += 1;
        return new Response(PDF);
      },
    });
    const to = stranger.url.href;
    for (const how of ['redirect', 'elsewhere'] as const) {
      box.simulator.trouble.spoil(how, { count: 2, to });
      const row = await box.send(pdf);
      expect(row).toMatchObject({ state: 'waiting' });
      box.simulator.trouble.clear();
      await box.pass(5_000);
      expect(await box.file(row.id)).toMatchObject({ state: 'stored' });
    }
    await stranger.stop(true);
    expect(strangers).toBe(0);
  });
});

describe('on the screen', () => {
  test('the message is there before its file, and is shown anew when the file has come', async () => {
    const { simulator, number, rudo } = box;
    await rudo.say(number.phoneNumberId, 'Hello');
    await box.settled();
    const conversation = await box.conversationId();
    const ada = await box.as('ada');
    const tab = openTab(box, ada.cookie ?? '', { conversation });
    await tab.joined;
    const bubble = /id="message-\d+"[\s\S]*The quote for the roof/;
    simulator.trouble.httpError(503, 1, { on: 'media' });
    const row = await box.send({ ...pdf, caption: 'The quote for the roof' });
    expect(row).toMatchObject({ state: 'waiting', name: 'quote.pdf', tries: 1 });
    await tab.nextWith(bubble);

    await box.pass(5_000);
    await tab.nextWith(bubble);
    expect(await box.file(row.id)).toMatchObject({ state: 'stored' });
    tab.close();
  });
});

describe('what nobody should open', () => {
  test.each([
    ['a page named as a picture', 'image/jpeg', text('<!doctype html><script>alert(1)</script>')],
    ['an SVG', 'image/svg+xml; x', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a PDF with a script', 'application/pdf', text('%PDF-1.7\n1 0 obj <</OpenAction <</S /JavaScript>>>>')],
    ['an Ogg that breaks off in its first page', 'audio/ogg', text('OggS\0\u0002 and then nothing of Opus')],
    ['half a picture', 'image/jpeg', null],
    ['a picture of 256 megapixels in a small file', 'image/png', bomb(16_000)],
  ] as const)('%s is kept byte for byte and gets no thumbnail', async (_, mime, given) => {
    const bytes = given ?? (await picture('jpeg')).subarray(0, 2_000);
    const row = await box.send({
      type: 'document',
      bytes,
      mime,
      filename: '../../\u202egpj.exe\r\n\u200b.jpg',
    });
    expect(row).toMatchObject({ state: 'stored', thumbTried: true, thumbId: null });
    expect(row.path).toMatch(/^[0-9a-f]{2}\/[0-9a-f]{30}$/);
    expect(sha256(await box.read(row))).toBe(sha256(bytes));
    expect(await box.send(await photo(100, 100))).toMatchObject({ width: 100, thumbTried: true });
  });
});

describe('trying again', () => {
  test('whoever may not see a file may not have it fetched; one that is here stays as it is', async () => {
    const row = await box.send(pdf);
    const stranger = await box.asStranger();
    expect((await stranger.post(`/files/${row.id}/fetching`)).status).toBe(404);
    const ada = await box.as('ada');
    expect((await ada.post('/files/9/fetching')).status).toBe(404);
    const before = box.downloads();
    const answer = await ada.post(`/files/${row.id}/fetching`);
    expect(answer.status).toBe(303);
    await box.settled();
    expect(box.downloads()).toBe(before);
    const fragment = await ada.post(`/files/${row.id}/fetching`, {}, asFragment);
    expect(fragment.status).toBe(200);
    expect(await fragment.text()).toContain('id="message-');
  });
});

// The last one: what hangs ends with the server.
test('a file that hangs holds up neither what comes in nor what goes out', async () => {
  const { simulator, number, rudo } = box;
  simulator.trouble.hang(1, { on: 'download' });
  await rudo.sendFile(number.phoneNumberId, pdf);
  await rudo.say(number.phoneNumberId, 'Did you get it?');
  await box.arrived();
  const answer = await box.api(`/api/v1/conversations/${await box.conversationId()}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'while-it-hangs' },
    body: JSON.stringify({ type: 'text', text: { body: 'One moment' } }),
  });
  expect(answer.status).toBe(202);
  await simulator.waitFor(({ body }) => JSON.stringify(body).includes('One moment'));
  const stuck = await box.inbox(({ sql: db }) => db.select().from(files).where(eq(files.state, 'fetching')));
  expect(stuck).toHaveLength(1);
});

/** A PNG of so many pixels a side, all black: one bit each, deflated to next to nothing. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
