import { FileTooLarge, Problem } from '#src/errors.ts';
import { createSlots } from '#src/http/reading-slots.ts';
import { LARGEST_PICTURE } from './send-limits.ts';
import type { Thumbnails } from './thumbnail/thumbnails.ts';

/** A picture has to be in memory whole before it can be encoded: so many at once, whoever sends them. */
const places = createSlots({ places: 2, line: 1_000, lineBytes: Number.POSITIVE_INFINITY });

/**
 * A picture as WhatsApp takes it, without what the camera wrote into it. Throws `FileTooLarge`, and `Problem` 422 for a
 * picture that cannot be read, or 503 where none can be.
 */
export async function encodePicture(
  thumbnails: Pick<Thumbnails, 'encode'>,
  body: AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  const place = await places.enter('', 0);
  try {
    const made = await thumbnails.encode(await gather(body));
    if (made.kind === 'made') {
      return made.picture;
    }
    throw made.kind === 'off' ? NO_PICTURES : UNREADABLE;
  } finally {
    place?.leave();
  }
}

async function gather(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > LARGEST_PICTURE) {
      throw new FileTooLarge(LARGEST_PICTURE);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

const UNREADABLE = new Problem(
  422,
  'picture-unreadable',
  'This picture cannot be read.',
  'It may be damaged, or have more than 50 megapixels. Open it, save it anew as a JPEG, and attach that.',
);

const NO_PICTURES = new Problem(
  503,
  'pictures-off',
  'This server cannot prepare pictures now.',
  'Nothing was kept. Whoever runs it finds the reason in the log; other files can be sent.',
);
