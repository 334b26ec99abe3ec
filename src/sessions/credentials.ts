import { and, eq, ne, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import { sessions, users } from '#src/db/schema/control.ts';

type Changes = Partial<Pick<typeof users.$inferInsert, 'passwordHash' | 'secondFactor'>>;

/**
 * Changes how somebody signs in: every session but this one ends, and so does every sign-in that is half done, since
 * both carry the epoch they were begun in.
 */
export function changeCredentials(
  { sql: db }: Control,
  { userId, sessionHash }: { userId: number; sessionHash: string },
  changes: Changes,
): Statement[] {
  const own = and(eq(sessions.userId, userId), eq(sessions.idHash, sessionHash));
  const epoch = sql`(select ${users.epoch} from ${users} where ${users.id} = ${userId})`;
  return [
    db
      .update(users)
      .set({ ...changes, epoch: sql`${users.epoch} + 1` })
      .where(eq(users.id, userId)),
    db.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.idHash, sessionHash))),
    db.update(sessions).set({ epoch }).where(own),
  ];
}
