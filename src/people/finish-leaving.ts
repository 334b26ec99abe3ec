import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import { type Actor, auditRow } from '#src/audit/audit-row.ts';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { memberships } from '#src/db/schema/control.ts';
import { cases, conversations, events, members } from '#src/db/schema/inbox/index.ts';
import type { Live, LiveChange } from '#src/live/live.ts';
import { setTeams, teamsOf } from './members.ts';

export type Leaving = {
  inbox: Inbox;
  /** Null while the account is being opened: nobody looks at it yet. */
  live: Pick<Live, 'publish'> | null;
  now: () => number;
};

/** So many conversations go in one batch, and in one row of the audit trail. */
const AT_ONCE = 200;

/** Each time an account is opened: finishes what a crash cut short while somebody was taken out. */
export async function recoverLeaving(inbox: Inbox, control: Control, now: () => number): Promise<void> {
  await noteShutOut(inbox, control, now());
  await finishLeaving({ inbox, live: null, now }, { kind: 'system' });
}

/** Whoever has left keeps no open conversations and no teams. Repeatable. */
export async function finishLeaving(leaving: Leaving, actor: Actor): Promise<void> {
  for (const userId of await whoIsLeaving(leaving.inbox)) {
    while ((await handBack(leaving, userId, actor)) === AT_ONCE) {
      // Awaiting a database never lets the event loop turn by itself.
      await new Promise((resume) => setImmediate(resume));
    }
  }
}

/** A crash came between the two databases: they cannot enter, and the account does not know it yet. */
async function noteShutOut(inbox: Inbox, control: Control, at: number): Promise<void> {
  const { sql: db } = inbox;
  await inbox.turn(async (commit) => {
    const disabled = await control.sql
      .select({ userId: memberships.userId })
      .from(memberships)
      .where(and(eq(memberships.accountId, inbox.accountId), eq(memberships.state, 'disabled')));
    const present = await db
      .select({ userId: members.userId })
      .from(members)
      .where(
        and(
          isNull(members.leftAt),
          inArray(
            members.userId,
            disabled.map(({ userId }) => userId),
          ),
        ),
      );
    await commit(
      'full',
      present.flatMap(({ userId }) => [
        db.update(members).set({ leftAt: at }).where(eq(members.userId, userId)),
        auditRow(inbox, { at, actor: { kind: 'system' }, action: 'member.left', object: `user:${userId}` }),
      ]),
    );
  });
}

/** Those who have left and hold something still. */
async function whoIsLeaving({ rows }: Inbox): Promise<number[]> {
  const found = rows(
    `select user_id from members m where left_at is not null and (
       exists (select 1 from conversations c where c.assignee_id = m.user_id and c.state <> 'closed')
       or exists (select 1 from team_members t where t.user_id = m.user_id))`,
  );
  return found.map(([userId]) => Number(userId));
}

/** Takes so many of somebody's open conversations from them, and returns how many; with the last ones, their teams. */
async function handBack({ inbox, live, now }: Leaving, userId: number, actor: Actor): Promise<number> {
  const changes = await inbox.turn(async (commit) => {
    const { sql: db } = inbox;
    const at = now();
    const held = await db
      .select()
      .from(conversations)
      .where(and(eq(conversations.assigneeId, userId), ne(conversations.state, 'closed')))
      .limit(AT_ONCE);
    const teams = teamsOf(inbox, userId);
    const onlyTeam = teams.length === 1 ? (teams[0] ?? null) : null;
    const moved = held.map((one) => moveAway(inbox, { ...one, teamId: one.teamId ?? onlyTeam }, actor, at));
    const isLast = held.length < AT_ONCE;
    await commit('full', [
      ...moved.flatMap(({ statements }) => statements),
      ...(held.length === 0
        ? []
        : [
            auditRow(inbox, {
              at,
              actor,
              action: 'conversations.unassigned',
              object: `user:${userId}`,
              data: { conversations: held.map(({ id }) => id) },
            }),
          ]),
      ...(isLast ? setTeams(inbox, userId, []) : []),
    ]);
    return held.map(({ id, teamId }, index): LiveChange => {
      const eventId = moved[index]?.eventId;
      return {
        conversationId: id,
        events: eventId === undefined ? [] : [eventId],
        left: [{ assigneeId: userId, teamId }],
      };
    });
  });
  await live?.publish(inbox, changes);
  return changes.length;
}

type Moved = { eventId: number; statements: Statement[] };

function moveAway(
  inbox: Inbox,
  { id, caseId, teamId }: typeof conversations.$inferSelect,
  actor: Actor,
  at: number,
): Moved {
  const { sql: db } = inbox;
  const eventId = inbox.nextId();
  const by =
    actor.kind === 'person'
      ? { actorKind: 'person' as const, actorId: actor.userId }
      : { actorKind: 'system' as const, actorId: null };
  return {
    eventId,
    statements: [
      db.update(conversations).set({ assigneeId: null, teamId }).where(eq(conversations.id, id)),
      db
        .update(cases)
        .set({ assigneeId: null, teamId })
        .where(and(eq(cases.conversationId, id), isNull(cases.closedAt))),
      db.insert(events).values({ ...by, id: eventId, conversationId: id, caseId, at, kind: 'unassigned' }),
    ],
  };
}
