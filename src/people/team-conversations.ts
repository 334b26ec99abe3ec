import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations, teamNumbers } from '#src/db/schema/inbox/index.ts';

/** So many change in one batch: others get a turn between two. */
const AT_ONCE = 500;

/**
 * Gives a team the conversations of the numbers that it alone serves and that are with no team. New ones get it as they
 * begin. What a crash leaves undone is done the next time the team is saved. Resolves to whether there were any.
 */
export function takeConversations(inbox: Inbox, teamId: number): Promise<boolean> {
  return moveAll(
    inbox,
    sql`${conversations.teamId} is null and ${conversations.numberId} in (${served(teamId)})`,
    teamId,
  );
}

/** The numbers that this team alone serves. */
const served = (teamId: number): SQL => sql`select ${teamNumbers.numberId} from ${teamNumbers}
  group by ${teamNumbers.numberId} having count(*) = 1 and max(${teamNumbers.teamId}) = ${teamId}`;

/** Takes all conversations from a team. Resolves to whether it had any. */
export function releaseConversations(inbox: Inbox, teamId: number): Promise<boolean> {
  return moveAll(inbox, eq(conversations.teamId, teamId), null);
}

async function moveAll(inbox: Inbox, which: SQL, teamId: number | null): Promise<boolean> {
  let moved = 0;
  for (let after: number | undefined = 0; after !== undefined; ) {
    moved = after;
    after = await moveSome(inbox, and(which, gt(conversations.id, after)), teamId);
  }
  return moved > 0;
}

/** Gives the last one moved, or nothing when there are no more. */
function moveSome(inbox: Inbox, which: SQL | undefined, teamId: number | null): Promise<number | undefined> {
  return inbox.turn(async (commit) => {
    const { sql: db } = inbox;
    const found = await db
      .select({ id: conversations.id })
      .from(conversations)
      .where(which)
      .orderBy(asc(conversations.id))
      .limit(AT_ONCE);
    const ids = found.map(({ id }) => id);
    if (ids.length > 0) {
      await commit('normal', [
        db.update(conversations).set({ teamId }).where(inArray(conversations.id, ids)),
      ]);
    }
    return ids.at(-1);
  });
}
