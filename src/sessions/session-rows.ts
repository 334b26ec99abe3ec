import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { accounts, memberships, sessions, users } from '#src/db/schema/control.ts';
import { createRecent } from '#src/http/recent.ts';
import type { LastSeen } from './last-seen.ts';
import { expiryOf, MOST_SESSIONS } from './limits.ts';
import { hashSecret, newSecret } from './secrets.ts';

type Row = typeof sessions.$inferSelect;

/** A session with what decides whether its owner may enter now. */
export type SessionWithOwner = {
  session: Row;
  user: Pick<typeof users.$inferSelect, 'id' | 'epoch' | 'disabledAt' | 'isOperator'> & {
    hasSecondFactor: boolean;
  };
  membership: (typeof memberships.$inferSelect)['state'] | null;
  account: (typeof accounts.$inferSelect)['state'];
};

export type SessionRows = {
  withOwner(idHash: string): Promise<SessionWithOwner | null>;
  /** Inserts one; where its owner has too many, those that were unused the longest go. */
  insert(row: Row): Promise<void>;
  /** Somebody's sessions that are not over, the last used first. */
  listOf(userId: number): Promise<Row[]>;
  /**
   * Gives a session a new token and notes that its owner has just proven who they are; the old token is dead.
   * Null when the session has ended meanwhile.
   */
  renew(idHash: string): Promise<string | null>;
  /** What a session is called now that was renewed in this process, or null. */
  renewed(idHash: string): string | null;
};

const REMEMBERED = 10_000;

export function createSessionRows(control: Control, lastSeen: LastSeen, now: () => number): SessionRows {
  const { sql: db } = control;
  const renewals = createRecent<string>(REMEMBERED);

  const seenAtOf = ({ idHash, seenAt }: Row) => Math.max(seenAt, lastSeen.get(idHash) ?? 0);

  async function rowsOf(userId: number): Promise<Row[]> {
    const rows = await db.select().from(sessions).where(eq(sessions.userId, userId));
    const seen = rows.map((row) => ({ ...row, seenAt: seenAtOf(row) }));
    return seen.sort((a, b) => b.seenAt - a.seenAt || b.createdAt - a.createdAt);
  }

  const { id, epoch, disabledAt, isOperator } = users;
  const hasSecondFactor = sql`${users.secondFactor} is not null`.mapWith(Boolean);
  // Every request asks for its session: the statement is built once, and reads no pictures.
  const byHash = db
    .select({
      session: sessions,
      user: { id, epoch, disabledAt, isOperator, hasSecondFactor },
      membership: memberships.state,
      account: accounts.state,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .leftJoin(
      memberships,
      and(eq(memberships.userId, sessions.userId), eq(memberships.accountId, sessions.accountId)),
    )
    .where(eq(sessions.idHash, sql.placeholder('idHash')))
    .limit(1)
    .prepare();

  return {
    async withOwner(idHash) {
      const [row] = await byHash.all({ idHash });
      return row ?? null;
    },
    insert: (row) =>
      control.turn(async (commit) => {
        const surplus = (await rowsOf(row.userId)).slice(MOST_SESSIONS - 1).map(({ idHash }) => idHash);
        await commit('full', [
          ...(surplus.length > 0 ? [db.delete(sessions).where(inArray(sessions.idHash, surplus))] : []),
          db.insert(sessions).values(row),
        ]);
        surplus.forEach(lastSeen.forget);
      }),
    async listOf(userId) {
      const [user] = await db.select({ epoch: users.epoch }).from(users).where(eq(users.id, userId)).limit(1);
      const rows = await rowsOf(userId);
      return rows.filter((row) => row.epoch === user?.epoch && expiryOf(row) > now());
    },
    renew: (idHash) =>
      control.turn(async (commit) => {
        const [row] = await db.select().from(sessions).where(eq(sessions.idHash, idHash)).limit(1);
        if (!row) {
          return null;
        }
        const token = newSecret();
        const fresh = { ...row, idHash: hashSecret(token), seenAt: seenAtOf(row), provenAt: now() };
        await commit('full', [
          db.insert(sessions).values(fresh),
          db.delete(sessions).where(eq(sessions.idHash, idHash)),
        ]);
        lastSeen.forget(idHash);
        renewals.set(idHash, fresh.idHash);
        return token;
      }),
    renewed(idHash) {
      let name = renewals.get(idHash);
      for (let next = name; next !== undefined; next = renewals.get(next)) {
        name = next;
      }
      return name ?? null;
    },
  };
}
