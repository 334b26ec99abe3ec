import type Sharp from 'sharp';

/** What a stranger sends reaches three decoders, not the dozens that libvips has. */
export function allowFewFormats(sharp: typeof Sharp): void {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  });
}
