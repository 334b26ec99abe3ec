import { eq, sql } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import { waitingAt } from '#src/messages/outbox-waiting.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { isRestricted } from './restriction.ts';
import { findStanding } from './standing.ts';

/**
 * Lets a paused or restricted number send everything again, because somebody has settled at Meta what it was for: Meta
 * refuses again if not. One that is neither stays as it is. Gives the conversations in which something waits. Throws
 * `NotFound` and `Forbidden`.
 */
export async function resumeNumber(
  inbox: Inbox,
  id: number,
  viewer: Viewer,
  now: number,
): Promise<LiveChange[]> {
  demand(viewer, 'settings.manage');
  return inbox.turn(async (commit) => {
    const standing = await findStanding(inbox, id);
    const { state, pausedFor } = standing;
    if (state === 'disconnected' || (state === 'live' && !isRestricted(standing))) {
      return [];
    }
    await commit('full', [
      inbox.sql
        .update(numbers)
        .set({ state: 'live', pausedFor: null, startsForbiddenUntil: null, answersForbiddenUntil: null })
        .where(eq(numbers.id, id)),
      auditRow(inbox, {
        at: now,
        actor: viewer,
        action: 'number.tried',
        object: `number:${id}`,
        data: {
          before: { state, paused_for: pausedFor, restricted: isRestricted(standing) },
          after: { state: 'live', paused_for: null, restricted: false },
        },
      }),
    ]);
    return waitingAt(inbox, sql`${id}`);
  });
}
