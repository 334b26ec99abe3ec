import type Sharp from 'sharp';
import { limits, thumbnail } from './limits.ts';
import type { Made } from './made.ts';

/** `whole`: all of the picture; `square`: what a square of its middle holds. */
export type Shape = 'whole' | 'square';
type Shrink = (picture: Uint8Array, shape?: Shape) => Promise<Made>;

// Tried in this order until one is small enough; the last is for noise that nothing compresses.
const ATTEMPTS = [
  { side: thumbnail.side, quality: 75 },
  { side: thumbnail.side, quality: 55 },
  { side: thumbnail.side, quality: 35 },
  { side: thumbnail.side, quality: 15 },
  { side: thumbnail.side / 2, quality: 15 },
];

const fits = {
  whole: { fit: 'inside', withoutEnlargement: true },
  square: { fit: 'cover' },
} as const;

/**
 * Makes the function that turns a JPEG, PNG or WebP into a WebP of at most 240 pixels a side and 12 KB, upright
 * and without metadata, and tells how large the picture was. It throws at anything else, at a damaged picture and at one of too many pixels.
 */
export function createShrink(sharp: typeof Sharp): Shrink {
  return async (picture, shape = 'whole') => {
    const image = sharp(picture, {
      failOn: 'error',
      limitInputPixels: limits.pixels,
      sequentialRead: true,
    });
    const { autoOrient } = await image.metadata();
    const { data, info } = await image
      .autoOrient()
      .resize(thumbnail.side, thumbnail.side, fits[shape])
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    for (const { side, quality } of ATTEMPTS) {
      const made = await sharp(data, { raw })
        .resize(side, side, { fit: 'inside', withoutEnlargement: true })
        .webp({ quality, effort: 4 })
        .toBuffer();
      if (made.length <= thumbnail.bytes) {
        return { webp: made, width: autoOrient.width, height: autoOrient.height };
      }
    }
    throw new Error('the picture does not become small enough');
  };
}
