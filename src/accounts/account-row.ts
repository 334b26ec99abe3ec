import { statSync } from 'node:fs';
import { eq, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { inboxPath } from '#src/db/inbox.ts';
import { accounts, wakeups } from '#src/db/schema/control.ts';
import { MissingFile } from '#src/errors.ts';

/** An end this long after the opening says nothing about what was opened. */
const SOON_MS = 60 * 60_000;

/** Whether the account was open when the program ended before, and how often in a row that was so soon after. */
export type Past = { wasCutOff: boolean; uncleanEnds: number; schemaVersion: number };

/** What is known of an account before its database is opened. */
export async function readPast({ sql: db }: Control, accountId: number, now: number): Promise<Past> {
  const [row] = await db.select().from(accounts).where(eq(accounts.id, accountId)).limit(1);
  const { openSince = null, uncleanEnds = 0, schemaVersion = 0 } = row ?? {};
  if (openSince === null) {
    return { wasCutOff: false, uncleanEnds, schemaVersion };
  }
  return { wasCutOff: true, uncleanEnds: now - openSince < SOON_MS ? uncleanEnds + 1 : 1, schemaVersion };
}

/**
 * Refuses an account whose file is missing or empty: opening would make a new database where a full one was, and nobody
 * would notice. Throws `MissingFile`.
 */
export function refuseWithoutFile(dataFolder: string, accountId: number, { schemaVersion }: Past): void {
  const path = inboxPath(dataFolder, accountId);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (schemaVersion > 0 && !size) {
    throw new MissingFile(`${path} is ${size === 0 ? 'empty' : 'missing'}: restore it from a backup`);
  }
}

type Note = Partial<
  Pick<typeof accounts.$inferInsert, 'openSince' | 'uncleanEnds' | 'needsAttention' | 'schemaVersion'>
>;

export async function note(control: Control, accountId: number, what: Note): Promise<void> {
  await control.write('full', [control.sql.update(accounts).set(what).where(eq(accounts.id, accountId))]);
}

/**
 * It cannot be opened, cannot be used any more, or could not say what it has to do next. With a moment for that, it is
 * tried from then on until it can be opened: nobody else may ask for it.
 */
export async function noteTrouble(
  { sql: db, write }: Control,
  accountId: number,
  what: Note,
  dueAt: number | null,
): Promise<void> {
  const wakeUp = (at: number) =>
    db
      .insert(wakeups)
      .values({ accountId, dueAt: at })
      .onConflictDoUpdate({ target: wakeups.accountId, set: { dueAt: sql`min(due_at, excluded.due_at)` } });
  await write('full', [
    db
      .update(accounts)
      .set({ ...what, openSince: null })
      .where(eq(accounts.id, accountId)),
    ...(dueAt === null ? [] : [wakeUp(dueAt)]),
  ]);
}
