import { and, count, desc, eq, lt, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { type mailStates, mails } from '#src/db/schema/control.ts';
import { NotFound } from '#src/errors.ts';
import { type Reason, reasons } from './refusal.ts';

export type MailState = (typeof mailStates)[number];

/** What became of a letter; nothing of what it says. */
export type MailRow = {
  id: number;
  kind: string;
  recipient: string;
  state: MailState;
  tries: number;
  createdAt: number;
  /** Of one that waits. */
  nextAt: number | null;
  /** Why the last try did not work, and the numbers of the server's answer. */
  why: { reason: Reason; reply: string | null } | null;
  /** It waits after a try that did not work, and may be tried at once. */
  canTry: boolean;
};

/** Letters, the newest first; `next` is the value for `before` of the next page. */
export async function listMails(
  control: Control,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number | undefined; limit: number },
): Promise<{ rows: MailRow[]; next: number | null }> {
  const found = await select(control)
    .where(lt(mails.id, before))
    .orderBy(desc(mails.id))
    .limit(limit + 1);
  const rows = found.slice(0, limit).map(asRow);
  return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

/** One of them. Throws `NotFound`. */
export async function findMail(control: Control, id: number): Promise<MailRow> {
  const [found] = await select(control).where(eq(mails.id, id)).limit(1);
  if (!found) {
    throw new NotFound(`mail ${id}`);
  }
  return asRow(found);
}

/** How many there are in each state. */
export async function countMails({ sql: db }: Control): Promise<Record<MailState, number>> {
  const found = await db.select({ state: mails.state, rows: count() }).from(mails).groupBy(mails.state);
  const of = (state: MailState) => found.find((one) => one.state === state)?.rows ?? 0;
  return { sent: of('sent'), queued: of('queued'), failed: of('failed') };
}

/** Such a one can be tried at once: what is over is kept no longer. */
export const canBeTried = and(
  eq(mails.state, 'queued'),
  sql`${mails.tries} > 0 and ${mails.letter} is not null`,
);

const select = ({ sql: db }: Control) =>
  db
    .select({
      id: mails.id,
      kind: mails.kind,
      recipient: mails.recipient,
      state: mails.state,
      tries: mails.tries,
      createdAt: mails.createdAt,
      nextAt: mails.nextAt,
      error: mails.error,
      canTry: sql<number>`${canBeTried}`,
    })
    .from(mails);

type Found = Awaited<ReturnType<typeof select>>[number];

const asRow = ({ error, nextAt, canTry, ...row }: Found): MailRow => ({
  ...row,
  nextAt: row.state === 'queued' ? nextAt : null,
  why: error === null ? null : readWhy(error),
  canTry: canTry === 1,
});

function readWhy(error: string): MailRow['why'] {
  const [first = '', ...rest] = error.split(' ');
  return { reason: reasons.find((reason) => reason === first) ?? 'other', reply: rest.join(' ') || null };
}
