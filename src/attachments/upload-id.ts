import type { FileRow } from './load-files.ts';

/** How long Meta keeps what was uploaded to it. */
export const KEPT_AT_META_MS = 30 * 24 * 60 * 60 * 1000;
/** An id this close to its end may be gone when Meta reads the message. */
const MARGIN_MS = 60 * 60 * 1000;

/** Whether Meta has a file of ours under an id that a message may still name. */
export function isAtMeta(
  { mediaId, mediaExpiresAt }: Pick<FileRow, 'mediaId' | 'mediaExpiresAt'>,
  now: number,
): boolean {
  return mediaId !== null && mediaExpiresAt !== null && mediaExpiresAt - MARGIN_MS > now;
}
