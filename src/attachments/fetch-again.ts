import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { files } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { findFile } from './find-file.ts';
import { messagesWith } from './make-thumbnail.ts';

/**
 * Has a file that could not be fetched, or that waits for its next try, fetched now. Nothing happens when it is here
 * already, or on its way. Past Meta's 7 days it is one try. Throws `NotFound` and `Forbidden`.
 */
export function fetchAgain(inbox: Inbox, fileId: number, viewer: Viewer, now: number): Promise<LiveChange> {
  return inbox.turn(async (commit) => {
    const file = await findFile(inbox, fileId, viewer);
    const [change] = await messagesWith(inbox, fileId);
    if (!change) {
      throw new NotFound(`a message with file ${fileId}`);
    }
    demand(viewer, 'messages.send');
    if (file.state === 'failed' || file.state === 'refused' || file.state === 'waiting') {
      const anew = { state: 'waiting' as const, nextAt: now, tries: 0, error: null };
      await commit('full', [inbox.sql.update(files).set(anew).where(eq(files.id, fileId))]);
    }
    return change;
  });
}
