import type Sharp from 'sharp';
import { limits, picture as most } from './limits.ts';

// Tried in this order until one is small enough; the last is for noise that nothing compresses.
const ATTEMPTS = [
  { side: most.side, quality: 90 },
  { side: most.side, quality: 80 },
  { side: 3072, quality: 80 },
  { side: 2048, quality: 75 },
  { side: 1600, quality: 40 },
];

/**
 * Makes the function that turns a JPEG, PNG or WebP into what WhatsApp takes as a picture: a PNG from a PNG that stays
 * small enough, else a JPEG; upright, at most 4,096 pixels a side and 5 MB, 8 bits a colour, and without what the camera
 * wrote into it, which may be where its owner lives. It throws at anything else, at a damaged picture and at one of
 * too many pixels.
 */
export function createEncode(sharp: typeof Sharp): (picture: Uint8Array) => Promise<Uint8Array> {
  return async (picture) => {
    const input = sharp(picture, { failOn: 'error', limitInputPixels: limits.pixels, sequentialRead: true });
    const { format } = await input.metadata();
    const { data, info } = await input
      .autoOrient()
      .resize(most.side, most.side, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    if (format === 'png') {
      const made = await sharp(data, { raw }).png({ compressionLevel: 6 }).toBuffer();
      if (made.length <= most.bytes) {
        return made;
      }
    }
    for (const { side, quality } of ATTEMPTS) {
      const made = await sharp(data, { raw })
        .resize(side, side, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#fff' })
        .jpeg({ quality })
        .toBuffer();
      if (made.length <= most.bytes) {
        return made;
      }
    }
    throw new Error('the picture does not become small enough');
  };
}
