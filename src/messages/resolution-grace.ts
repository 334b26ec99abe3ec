import { and, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { messages, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';

/** How long a status webhook may take to say what became of a send before a person is asked. */
export const GRACE_MS = 15 * 60_000;

/** While the process was down no webhook could come, so the grace never begins before it started. */
export function graceEnd(claimedAt: number | null, startedAt: number): number {
  return Math.max(claimedAt ?? startedAt, startedAt) + GRACE_MS;
}

type Moment = { now: number; startedAt: number };

/**
 * Asks a person about what is still unknown when its grace is over. Reactions and automatic messages are let
 * go instead: nobody is asked about them, and nothing repeats them.
 */
export async function askAboutUnknown(inbox: Inbox, { now, startedAt }: Moment): Promise<LiveChange[]> {
  if (now < startedAt + GRACE_MS || (await selectOver(inbox, now)).length === 0) {
    return [];
  }
  return inbox.turn(async (commit) => {
    const over = await selectOver(inbox, now);
    const asked = over.filter(({ origin }) => origin === 'inbox' || origin === 'api').map(({ id }) => id);
    const letGo = over.map(({ id }) => id).filter((id) => !asked.includes(id));
    await commit('full', [...askStatements(inbox, asked, now), ...letGoStatements(inbox, letGo)]);
    return over
      .filter(({ id }) => asked.includes(id))
      .map(({ id, conversationId }) => ({ conversationId, messages: [id] }));
  });
}

/** Asked with every look: the numbers are named so that the index finds the few among all that wait. */
export function selectOver({ sql: db }: Pick<Inbox, 'sql'>, now: number) {
  const isOver = and(
    inArray(outbox.numberId, db.select({ id: numbers.id }).from(numbers)),
    eq(outbox.state, 'unknown'),
    isNull(outbox.askedAt),
    lte(outbox.claimedAt, now - GRACE_MS),
  );
  return db
    .select({ id: outbox.id, conversationId: outbox.conversationId, origin: messages.origin })
    .from(outbox)
    .leftJoin(messages, eq(messages.id, outbox.messageId))
    .where(isOver);
}

function askStatements({ sql: db }: Inbox, ids: readonly number[], now: number): Statement[] {
  return ids.length === 0
    ? []
    : [
        db
          .update(outbox)
          .set({ askedAt: now })
          .where(inArray(outbox.id, [...ids])),
      ];
}

function letGoStatements({ sql: db }: Inbox, ids: readonly number[]): Statement[] {
  return ids.length === 0 ? [] : [db.delete(outbox).where(inArray(outbox.id, [...ids]))];
}
