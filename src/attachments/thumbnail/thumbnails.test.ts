import { afterEach, expect, test } from 'bun:test';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { Late } from '#src/errors.ts';
import { programCommand } from '#src/ops/native/program.ts';
import { openTestLog } from '#src/testing/log.ts';
import { until } from '#src/testing/until.ts';
import { loadPicture } from './load-picture.ts';
import { createThumbnails, type Thumbnails } from './thumbnails.ts';

const PATIENT = { timeMs: 20_000, pictures: 200, idleMs: 60_000 };
let thumbnails: Thumbnails | undefined;
let now = 0;

afterEach(() => thumbnails?.stop());

function open(limits = PATIENT, command?: readonly string[]): Thumbnails {
  thumbnails = createThumbnails({
    libraries: null,
    libvips: null,
    log: openTestLog(),
    now: () => now,
    limits,
    ...(command ? { command } : {}),
  });
  return thumbnails;
}

function photo(width: number, height: number, sigma = 20) {
  const noise = { type: 'gaussian', mean: 128, sigma } as const;
  return sharp({ create: { width, height, channels: 3, background: '#fff', noise } });
}

test('a JPEG, a PNG and a WebP become small WebPs of the same proportions', async () => {
  const { make } = open();
  const picture = photo(1200, 800);
  for (const bytes of await Promise.all([
    picture.clone().jpeg().toBuffer(),
    picture.clone().png().toBuffer(),
    picture.clone().webp().toBuffer(),
  ])) {
    const made = await make(bytes);
    expect(made).toMatchObject({ kind: 'made', width: 1200, height: 800 });
    const webp = made.kind === 'made' ? made.webp : new Uint8Array();
    expect(await sharp(webp).metadata()).toMatchObject({ format: 'webp', width: 240, height: 160 });
    expect(webp.length).toBeLessThanOrEqual(12 * 1024);
  }
});

test('a picture that lies on its side is set upright, and loses what the camera wrote into it', async () => {
  const { make } = open();
  const made = await make(
    await photo(600, 400)
      .withExif({ IFD0: { Make: 'Nokia' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer(),
  );
  expect(made).toMatchObject({ kind: 'made', width: 400, height: 600 });
  const found = await sharp(made.kind === 'made' ? made.webp : undefined).metadata();
  expect(found).toMatchObject({ width: 160, height: 240 });
  expect(found.exif).toBeUndefined();
});

test('even noise ends up below the limit', async () => {
  const { make } = open();
  const random = crypto.getRandomValues(new Uint8Array(240 * 80 * 3));
  const raw = { width: 240, height: 80, channels: 3 } as const;
  const made = await make(await sharp(random, { raw }).resize(240, 240, { fit: 'fill' }).png().toBuffer());
  expect(made.kind === 'made' && made.webp.length).toBeLessThanOrEqual(12 * 1024);
});

test('what is no such picture is refused, and the same process goes on', async () => {
  const { make, pid } = open();
  const jpeg = await photo(300, 300).jpeg().toBuffer();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const gif = await photo(30, 30).gif().toBuffer();
  const tiff = await photo(30, 30).tiff().toBuffer();
  expect((await make(jpeg)).kind).toBe('made');
  const first = pid();
  for (const bytes of [
    svg,
    gif,
    tiff,
    Buffer.from('hello'),
    Buffer.alloc(0),
    jpeg.subarray(0, jpeg.length / 2),
  ]) {
    expect((await make(bytes)).kind).toBe('refused');
  }
  expect((await make(jpeg)).kind).toBe('made');
  expect(pid()).toBe(first);
});

test('a picture of more pixels than allowed is refused, however small its file', async () => {
  const { make } = open();
  const create = { width: 9000, height: 9000, channels: 3, background: '#fff' } as const;
  const bomb = await sharp({ create }).png().toBuffer();
  expect(await make(bomb)).toMatchObject({ kind: 'refused', why: expect.stringContaining('pixel limit') });
});

test('of a thousand damaged pictures each is shrunk or refused, and the process neither ends nor grows', async () => {
  const { make, pid } = open({ ...PATIENT, pictures: 2_000 });
  const small = photo(64, 64);
  const pictures = await Promise.all([
    small.jpeg().toBuffer(),
    small.png().toBuffer(),
    small.webp().toBuffer(),
  ]);
  await make(photoBytes(pictures, 0));
  const first = pid();
  const memory = residentBytes(first);
  const random = seeded(20_261_122);
  const kinds = new Map<string, number>();
  for (let nth = 0; nth < 1_000; nth += 1) {
    const { kind } = await make(damaged(photoBytes(pictures, nth), random));
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  expect([...kinds.keys()].sort()).toEqual(['made', 'refused']);
  expect(pid()).toBe(first);
  expect(residentBytes(first) - memory).toBeLessThan(64 * 1024 * 1024);
  expect((await make(photoBytes(pictures, 0))).kind).toBe('made');
});

test('a large picture that comes slowly is encoded once it is there, and nothing waits for it', async () => {
  const { make, encode } = open();
  const jpeg = await photo(1500, 1000).jpeg().toBuffer();
  const held = Promise.withResolvers<void>();
  async function* slowly() {
    yield jpeg.subarray(0, -1);
    await held.promise;
    now += PATIENT.timeMs + 1_000;
    yield jpeg.subarray(-1);
  }
  const encoded = encode(slowly());
  expect((await make(jpeg)).kind).toBe('made');
  held.resolve();
  expect((await encoded).kind).toBe('made');
});

test('one that comes too slowly, or stops coming, is given up, and the next has its turn', async () => {
  const { encode, stop } = open();
  const jpeg = await photo(300, 300).jpeg().toBuffer();
  async function* trickling() {
    for (const byte of jpeg) {
      now += 1_000;
      yield Uint8Array.of(byte);
    }
  }
  async function* breakingOff() {
    yield jpeg;
    throw new Error('the disk is gone');
  }
  async function* whole() {
    yield jpeg;
  }
  const answers = await Promise.allSettled([encode(trickling()), encode(breakingOff()), encode(whole())]);
  expect(answers).toMatchObject([
    { reason: expect.any(Late) },
    { reason: { message: 'the disk is gone' } },
    { value: { kind: 'made' } },
  ]);
  await expect(loadPicture(neverComing, { silenceMs: 1, now: () => now })).rejects.toThrow(Late);
  const [leftOver] = await Promise.allSettled([encode(whole()), stop()]);
  expect(leftOver).toMatchObject({ reason: expect.any(Late) });
});

const neverComing: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }),
};

test('a process that no longer answers is ended, and the next picture has another', async () => {
  const { make, pid } = open({ ...PATIENT, timeMs: 5_000 });
  const jpeg = await photo(300, 300).jpeg().toBuffer();
  await make(jpeg);
  const stuck = Number(pid());
  process.kill(stuck, 'SIGSTOP');
  expect(await make(jpeg)).toEqual({ kind: 'refused', why: 'it took too long' });
  expect((await make(jpeg)).kind).toBe('made');
  expect(pid()).not.toBe(stuck);
});

test('a process that was ended from outside is replaced', async () => {
  const { make, pid } = open();
  const jpeg = await photo(300, 300).jpeg().toBuffer();
  await make(jpeg);
  process.kill(Number(pid()), 'SIGKILL');
  await until('its end to be noticed', async () => pid() === null);
  expect((await make(jpeg)).kind).toBe('made');
});

test('a process retires after its pictures, and after a time without any', async () => {
  const jpeg = await photo(300, 300).jpeg().toBuffer();
  const busy = open({ ...PATIENT, pictures: 2 });
  await busy.make(jpeg);
  const first = Number(busy.pid());
  await busy.make(jpeg);
  expect(busy.pid()).toBeNull();
  await until('the process to end', async () => !existsSync(`/proc/${first}/stat`));
  await busy.stop();

  const lazy = open({ ...PATIENT, idleMs: 1 });
  await lazy.make(jpeg);
  await until('the process to retire', async () => lazy.pid() === null);
});

test('the process knows nothing of this one, and cannot take more memory than it needs', async () => {
  process.env.OONOBOX_KEY_OF_THE_TEST = 'secret';
  const { make, pid } = open();
  await make(await photo(300, 300).jpeg().toBuffer());
  delete process.env.OONOBOX_KEY_OF_THE_TEST;
  expect(readFileSync(`/proc/${pid()}/environ`, 'utf8')).toBe('');
  const limits = readFileSync(`/proc/${pid()}/limits`, 'utf8');
  expect(limits).toMatch(/Max data size +\d+ /);
  expect(limits).toMatch(/Max file size +0 /);
});

test('where no such process can start there are no thumbnails, until it is tried again after a while', async () => {
  const jpeg = await photo(300, 300).jpeg().toBuffer();
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-thumbnail-'));
  const starter = join(folder, 'start');
  writeFileSync(starter, '#!/bin/sh\nexit 1\n', { mode: 0o700 });
  const { make, encode } = open(PATIENT, [starter]);
  const off = { kind: 'off', why: 'the image process did not start' } as const;
  expect(await make(jpeg)).toEqual(off);

  writeFileSync(starter, `#!/bin/sh\nexec ${programCommand.join(' ')} "$@"\n`);
  now += 4 * 60_000;
  const unasked = async () => {
    throw new Error('loaded for nothing');
  };
  expect(await make(unasked)).toEqual(off);
  const unread: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next: unasked }) };
  expect(await encode(unread)).toEqual(off);
  now += 60_000;
  expect((await make(jpeg)).kind).toBe('made');
  rmSync(folder, { recursive: true });
});

function residentBytes(pid: number | null): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

const photoBytes = (pictures: readonly Buffer[], nth: number) =>
  pictures[nth % pictures.length] ?? Buffer.alloc(0);

/** The same numbers in every run (Numerical Recipes' generator), 0 to `below`. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A few bytes changed, and now and then cut short, doubled in the middle, or with a length that lies. */
function damaged(picture: Buffer, random: (below: number) => number): Buffer {
  const bytes = Buffer.from(picture);
  for (let left = 1 + random(8); left > 0; left -= 1) {
    bytes[random(bytes.length)] = random(256);
  }
  switch (random(4)) {
    case 0:
      return bytes.subarray(0, random(bytes.length));
    case 1:
      return Buffer.concat([bytes.subarray(0, random(bytes.length)), bytes]);
    case 2:
      bytes.writeUInt32BE(0xffff_fff0 + random(16), random(bytes.length - 4));
      return bytes;
    default:
      return bytes;
  }
}
