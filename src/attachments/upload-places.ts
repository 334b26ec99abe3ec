import { Problem } from '#src/errors.ts';
import { createSlots } from '#src/http/reading-slots.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { uploaderOf } from './find-file.ts';

/** What waits is held back at its sender, so that only its number counts. */
const PLACES = { places: 4, line: 32, lineBytes: Number.POSITIVE_INFINITY };

/** Lets a few uploads of one person or key run at once; others wait their turn. */
export type UploadPlaces = {
  /** Throws `Problem` 503 when too many wait. */
  in<T>(viewer: Viewer, work: () => Promise<T>): Promise<T>;
};

export function createUploadPlaces(): UploadPlaces {
  const slots = createSlots(PLACES);
  return {
    async in(viewer, work) {
      const place = await slots.enter(`${viewer.accountId} ${uploaderOf(viewer)}`, 0);
      if (!place) {
        throw new Problem(503, 'busy', 'Too many files at once.', 'Wait until some are there, then go on.');
      }
      try {
        return await work();
      } finally {
        place.leave();
      }
    },
  };
}
