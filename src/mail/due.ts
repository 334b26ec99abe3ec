import { and, asc, eq, gt, isNotNull, lt, lte, min, or, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import { mails } from '#src/db/schema/control.ts';
import { LONGEST_WAIT_MS } from './waits.ts';

const KEPT_MS = 30 * 24 * 60 * 60_000;

const isWaiting = and(eq(mails.state, 'queued'), isNotNull(mails.letter));

/** A letter that is about to be tried. */
export type Claimed = {
  id: number;
  accountId: number | null;
  kind: string;
  recipient: string;
  letter: Uint8Array;
  /** This one included. */
  tries: number;
  createdAt: number;
};

/** The letter whose turn it is, by the moment it fell due; null when none is. */
export async function firstDue({ sql: db }: Control, now: number): Promise<number | null> {
  const isDue = or(lte(mails.nextAt, now), gt(mails.nextAt, now + LONGEST_WAIT_MS));
  const [first] = await db
    .select({ id: mails.id })
    .from(mails)
    .where(and(isWaiting, isDue))
    .orderBy(asc(mails.nextAt), asc(mails.id))
    .limit(1);
  return first?.id ?? null;
}

/** When the next letter falls due; null when none waits. */
export async function nextDue({ sql: db }: Control): Promise<number | null> {
  const [first] = await db
    .select({ at: min(mails.nextAt) })
    .from(mails)
    .where(isWaiting);
  return first?.at ?? null;
}

/** Counts the try before it is made, and forgets what came of the last one; null when the letter no longer waits. */
export function claim(control: Control, id: number): Promise<Claimed | null> {
  return control.turn(async (commit) => {
    const [row] = await control.sql
      .select()
      .from(mails)
      .where(and(eq(mails.id, id), isWaiting))
      .limit(1);
    if (!row || row.letter === null) {
      return null;
    }
    await commit('full', [
      control.sql.update(mails).set({ tries: sql`tries + 1`, error: null }).where(eq(mails.id, id)),
    ]);
    const { accountId, kind, recipient, letter, tries, createdAt } = row;
    return { id, accountId, kind, recipient, letter, tries: tries + 1, createdAt };
  });
}

/** What came of a try. Once nothing more is done with a letter, what it said is let go of. */
export type Outcome =
  | { state: 'sent'; at: number }
  | { state: 'failed'; at: number; error: string }
  | { state: 'queued'; nextAt: number; error: string };

export function settle({ sql: db }: Control, id: number, outcome: Outcome): Statement {
  const change =
    outcome.state === 'queued'
      ? { nextAt: outcome.nextAt, error: outcome.error }
      : {
          state: outcome.state,
          endedAt: outcome.at,
          letter: null,
          error: outcome.state === 'failed' ? outcome.error : null,
        };
  return db
    .update(mails)
    .set(change)
    .where(and(eq(mails.id, id), eq(mails.state, 'queued')));
}

/** After 30 days even that there was a letter is forgotten. */
export async function purgeMails(control: Control, now: number): Promise<void> {
  await control.write('normal', [control.sql.delete(mails).where(lt(mails.createdAt, now - KEPT_MS))]);
}
