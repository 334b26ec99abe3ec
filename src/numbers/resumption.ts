import { and, eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { findStanding } from './standing.ts';

/**
 * Lets a paused number send again, because somebody has settled at Meta what it was paused for: Meta pauses it again
 * if not. One that is not paused stays as it is. Throws `NotFound` and `Forbidden`.
 */
export async function resumeNumber(inbox: Inbox, id: number, viewer: Viewer, now: number): Promise<void> {
  demand(viewer, 'settings.manage');
  await inbox.turn(async (commit) => {
    const { state, pausedFor } = await findStanding(inbox, id);
    if (state !== 'paused') {
      return;
    }
    await commit('full', [
      inbox.sql
        .update(numbers)
        .set({ state: 'live', pausedFor: null })
        .where(and(eq(numbers.id, id), eq(numbers.state, 'paused'))),
      auditRow(inbox, {
        at: now,
        actor: viewer,
        action: 'number.tried',
        object: `number:${id}`,
        data: { before: { state, paused_for: pausedFor }, after: { state: 'live', paused_for: null } },
      }),
    ]);
  });
}
