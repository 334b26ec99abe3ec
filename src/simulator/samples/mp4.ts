type Track = readonly [handler: string, codec: string];

/** A box of the MPEG-4 family (ISO/IEC 14496-12, 4.2). */
export function box(type: string, ...inside: Uint8Array[]): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + inside.reduce((sum, { length }) => sum + length, 0));
  header.write(type, 4);
  return Buffer.concat([header, ...inside]);
}

/**
 * A file as recorders write them, its movie at the end: of this brand, a second and a half long, and with tracks that
 * play `vide` or `soun` in such a codec, of which nothing but that is there.
 */
export function makeMp4(brand: string, ...tracks: Track[]): Buffer<ArrayBuffer> {
  return Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\0\0isom`, 'latin1')),
    box('mdat', Buffer.alloc(5_000, 'moov')),
    makeMovie(...tracks),
  ]);
}

/** The `moov` of such a file. */
export function makeMovie(...tracks: Track[]): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1_000, 12);
  header.writeUInt32BE(1_500, 16);
  return box('moov', box('mvhd', header), ...tracks.map(makeTrack), box('udta', Buffer.alloc(20)));
}

/** With QuickTime's second handler, which says where the data lies. */
function makeTrack([handler, codec]: Track): Buffer<ArrayBuffer> {
  const description = Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), box(codec, Buffer.alloc(28))]);
  return box(
    'trak',
    box('tkhd', Buffer.alloc(84)),
    box(
      'mdia',
      box('hdlr', Buffer.from(`\0\0\0\0\0\0\0\0${handler}${'\0'.repeat(13)}`, 'latin1')),
      box(
        'minf',
        box('hdlr', Buffer.from(`\0\0\0\0dhlralis${'\0'.repeat(13)}`, 'latin1')),
        box('stbl', box('stsd', description), box('stts', Buffer.alloc(8))),
      ),
    ),
  );
}
