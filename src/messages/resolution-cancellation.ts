import { and, eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { attempts } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { OutboxRow } from './outbox.ts';
import { cancelStatements, failStatements } from './outcome-rows.ts';
import { findInOutbox, LEFT_UNKNOWN } from './resolution.ts';

/**
 * Calls a message off while it waits; the customer waits again if it was the answer. One that is on its way or
 * was sent stays as it is. Throws `NotFound` and `Forbidden`.
 */
export function cancelMessage(inbox: Inbox, messageId: number, viewer: Viewer): Promise<LiveChange> {
  return inbox.turn(async (commit) => {
    const { conversationId, row } = await findInOutbox(inbox, messageId, viewer);
    demand(viewer, 'messages.send');
    if (row?.state === 'queued') {
      // An earlier try may have arrived all the same: then "cancelled" would hide it.
      const mayHaveArrived = await hasUnknownTry(inbox, row);
      const end = mayHaveArrived ? failStatements(inbox, row, LEFT_UNKNOWN) : cancelStatements(inbox, row);
      await commit('full', end);
    }
    return { conversationId, messages: [messageId] };
  });
}

async function hasUnknownTry({ sql: db }: Inbox, { id }: OutboxRow): Promise<boolean> {
  const unknown = await db
    .select({ attempt: attempts.attempt })
    .from(attempts)
    .where(and(eq(attempts.subjectId, id), eq(attempts.outcome, 'unknown')))
    .limit(1);
  return unknown.length > 0;
}
