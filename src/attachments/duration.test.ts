import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { box, makeMovie } from '#src/simulator/samples/mp4.ts';
import { sample } from '#src/simulator/samples/samples.ts';
import { createTimer, type Timer } from './duration.ts';

function taken(pieces: readonly Uint8Array[]): Timer {
  const timer = createTimer();
  for (const piece of pieces) {
    timer.take(piece);
  }
  return timer;
}

const timed = (...pieces: Uint8Array[]) => taken(pieces).duration();
const tracksOf = (...pieces: Uint8Array[]) => taken(pieces).tracks();

const cut = (bytes: Uint8Array, length: number) =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) =>
    bytes.subarray(index * length, (index + 1) * length),
  );

const [voice, video, photo] = await Promise.all([sample('voice'), sample('video'), sample('photo')]);

/** A page of Ogg with one packet in it; `position` as the stream counts its samples, -1 where no packet ends. */
function page(serial: number, position: number, packet: Uint8Array): Buffer {
  const segments = Math.floor(packet.length / 255) + 1;
  const header = Buffer.alloc(27 + segments, 255);
  header.fill(0, 0, 27);
  header.write('OggS');
  header.writeBigInt64LE(BigInt(position), 6);
  header.writeUInt32LE(serial, 14);
  header[26] = segments;
  header[26 + segments] = packet.length % 255;
  return Buffer.concat([header, packet]);
}

function opusHead(skipped: number): Buffer {
  const head = Buffer.from('OpusHead\u0001\u0001......\0\0\0', 'latin1');
  head.writeUInt16LE(skipped, 10);
  return head;
}

/** One whose length stands after its name, in eight bytes. */
const longBox = (type: string, inside: Uint8Array) => {
  const header = Buffer.from(`\0\0\0\u0001${type}........`, 'latin1');
  header.writeBigUInt64BE(BigInt(16 + inside.length), 8);
  return Buffer.concat([header, inside]);
};
function movie(unitsPerSecond: number, units: number): Buffer {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(unitsPerSecond, 12);
  header.writeUInt32BE(units, 16);
  return box('moov', box('mvhd', header));
}
function longMovie(unitsPerSecond: number, units: bigint): Buffer {
  const header = Buffer.alloc(112);
  header[0] = 1;
  header.writeUInt32BE(unitsPerSecond, 20);
  header.writeBigUInt64BE(units, 24);
  return box('moov', box('mvhd', header));
}
const ftyp = box('ftyp', Buffer.from('isomisom'));
const OPUS = page(7, 0, opusHead(312));

test('a voice note and a video say how long they play, however they are cut', () => {
  for (const length of [1, 7, 1_000, 1_000_000]) {
    expect(timed(...cut(voice.bytes, length))).toBe(6_130);
    expect(timed(...cut(video.bytes, length))).toBe(2_000);
  }
});

test('of a long recording only its end is kept, and says it', () => {
  const second = Buffer.alloc(65_000, 'x');
  const pages = Array.from({ length: 60 }, (_, index) => page(7, 312 + (index + 1) * 48_000, second));
  expect(timed(OPUS, ...pages)).toBe(60_000);
});

test('it is the stream that began whose last packet counts', () => {
  const two = page(7, 312 + 96_000, Buffer.alloc(10));
  const unfinished = page(7, -1, Buffer.alloc(10));
  const other = page(8, 960_000, Buffer.alloc(10));
  expect(timed(OPUS, two, unfinished, other)).toBe(2_000);
});

test('the header of a movie is found before or behind its pictures, short or long', () => {
  const pictures = Buffer.alloc(200_000, 'moov');
  expect(timed(ftyp, box('mdat', pictures), movie(600, 900))).toBe(1_500);
  expect(timed(ftyp, longBox('mdat', pictures), longMovie(90_000, 180_000n))).toBe(2_000);
  expect(timed(ftyp, movie(1_000, 5_000), box('mdat', pictures))).toBe(5_000);
});

test('what does not say it, or says what cannot be, has no length', () => {
  expect(timed(photo.bytes)).toBeNull();
  expect(timed()).toBeNull();
  expect(timed(Buffer.from('OggS'))).toBeNull();
  expect(timed(page(7, 96_000, Buffer.from('\u0001vorbis............', 'latin1')))).toBeNull();
  expect(timed(OPUS)).toBeNull();
  expect(timed(OPUS, page(7, Number.MAX_SAFE_INTEGER, Buffer.alloc(10)))).toBeNull();
  expect(timed(ftyp, movie(0, 900))).toBeNull();
  expect(timed(ftyp, movie(90_000, 0xffff_ffff))).toBeNull();
  expect(timed(ftyp, movie(1_000, 0))).toBeNull();
  expect(timed(ftyp, movie(1_000_000, 1))).toBeNull();
  expect(timed(ftyp, longMovie(1_000, 0xffff_ffff_ffff_ffffn))).toBeNull();
  expect(timed(ftyp, Buffer.from('\0\0\0\u0003free', 'latin1'), movie(1_000, 5_000))).toBeNull();
  expect(timed(ftyp, ...Array.from({ length: 2_000 }, () => box('free')), movie(1_000, 5_000))).toBeNull();
});

test('what plays in an MP4 is read from its tracks, before or behind its pictures, however it is cut', () => {
  const avc = { handler: 'vide', codec: 'avc1' };
  const aac = { handler: 'soun', codec: 'mp4a' };
  const pictures = box('mdat', Buffer.alloc(3_000, 'trak'));
  const made = makeMovie(['soun', 'samr'], ['vide', 'hvc1'], ['tmcd', 'tmcd']);
  for (const length of [1, 7, 1_000, 1_000_000]) {
    expect(tracksOf(...cut(video.bytes, length))).toEqual([avc, aac]);
    for (const file of [
      [ftyp, pictures, made],
      [ftyp, made, pictures],
    ]) {
      const found = tracksOf(...cut(Buffer.concat(file), length));
      expect(found?.map(({ handler, codec }) => `${codec} ${handler}`)).toEqual([
        'samr soun',
        'hvc1 vide',
        'tmcd tmcd',
      ]);
    }
  }
});

test('tracks that cannot all be read are not told, and how long they play is all the same', () => {
  const made = makeMovie(['soun', 'mp4a'], ['vide', 'avc1']);
  const unnamed = Buffer.from(made.toString('latin1').replace(/hdlr(?=.{8}vide)/s, 'free'), 'latin1');
  for (const movie of [made.subarray(0, -1), made.subarray(0, 300), unnamed]) {
    expect([timed(ftyp, movie), tracksOf(ftyp, movie)]).toEqual([1_500, null]);
  }
  expect(tracksOf(voice.bytes)).toBeNull();
  expect(tracksOf(photo.bytes)).toBeNull();
});

test('damaged files harm nothing', () => {
  const files = {
    voice: voice.bytes,
    video: video.bytes,
    long: Buffer.concat([ftyp, longMovie(1, 2n)]),
    tracks: Buffer.concat([ftyp, makeMovie(['soun', 'mp4a'])]),
  } as const;
  const pieces = fc.tuple(
    fc.constantFrom('voice', 'video', 'long', 'tracks'),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 40 }),
    fc.nat(12_000),
  );
  fc.assert(
    fc.property(pieces, ([name, changes, length]) => {
      const bytes = new Uint8Array(files[name]);
      for (const [at, value] of changes) {
        bytes[at % Math.min(bytes.length, 400)] = value;
      }
      const found = timed(...cut(bytes.subarray(0, length), 999));
      expect(found === null || (Number.isInteger(found) && found > 0)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
