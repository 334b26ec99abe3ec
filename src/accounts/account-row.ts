import { statSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { inboxPath } from '#src/db/inbox.ts';
import { accounts } from '#src/db/schema/control.ts';

/** An end this long after the opening says nothing about what was opened. */
const SOON_MS = 60 * 60_000;

/** Whether the account was open when the program ended before, and how often in a row that was so soon after. */
export type Past = { wasCutOff: boolean; uncleanEnds: number };

/**
 * What is known of an account before its database is opened. Refuses one whose file is missing or empty: opening would
 * make a new database where a full one was, and nobody would notice.
 */
export async function readPast(
  { sql: db }: Control,
  dataFolder: string,
  accountId: number,
  now: number,
): Promise<Past> {
  const path = inboxPath(dataFolder, accountId);
  const [row] = await db.select().from(accounts).where(eq(accounts.id, accountId)).limit(1);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (row && row.schemaVersion > 0 && !size) {
    throw new Error(`${path} is ${size === 0 ? 'empty' : 'missing'}: restore it from a backup`);
  }
  const { openSince = null, uncleanEnds = 0 } = row ?? {};
  if (openSince === null) {
    return { wasCutOff: false, uncleanEnds };
  }
  return { wasCutOff: true, uncleanEnds: now - openSince < SOON_MS ? uncleanEnds + 1 : 1 };
}

type Note = Partial<
  Pick<typeof accounts.$inferInsert, 'openSince' | 'uncleanEnds' | 'needsAttention' | 'schemaVersion'>
>;

export async function note(control: Control, accountId: number, what: Note): Promise<void> {
  await control.write('full', [control.sql.update(accounts).set(what).where(eq(accounts.id, accountId))]);
}
