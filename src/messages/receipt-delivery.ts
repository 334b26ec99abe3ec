import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations, jobs, messages } from '#src/db/schema/inbox/index.ts';
import type { DeliveryParts } from './delivery-post.ts';
import { createRounds, type Rounds } from './delivery-rounds.ts';
import { readSender, type Sender } from './outbox-sender.ts';
import { backOff } from './outcome-backoff.ts';
import { RECEIPT } from './receipt.ts';

const AT_ONCE = 4;
const MOST_TRIES = 4;
const RETRY = { first: 4_000, factor: 4, longest: 120_000 };

type Job = typeof jobs.$inferSelect;

type Place = { accountId: number; numberId: number };
type Course = {
  /** Meta has asked for silence: whoever knows when it ends asks for a round then. */
  isHeld: () => boolean;
  /** One waits for a later moment now. */
  putOff: () => void;
  /** A round has failed: another one is to come, after a while. */
  troubled: () => void;
};

/**
 * Sends a number's read receipts, a few at a time. A repeated one changes nothing, so they need no claim; one
 * that cannot be sent is dropped after a few tries, because nobody waits for it.
 */
export function createReceiptWorker(
  parts: DeliveryParts,
  { accountId, numberId }: Place,
  { isHeld, putOff, troubled }: Course,
): Rounds {
  const rounds = createRounds(round, (error) => {
    parts.log.error({ account: accountId, number: numberId, err: error }, 'sending read receipts failed');
    troubled();
  });

  async function round(): Promise<void> {
    if (isHeld()) {
      return;
    }
    await parts.accounts.use(accountId, async (inbox) => {
      const sender = await readSender(inbox, numberId);
      const due = sender && !parts.phase.draining ? await findDue(inbox, numberId, parts.now()) : [];
      if (sender && due.length > 0) {
        const done = await Promise.all(due.map((job) => sendOne(parts, inbox, sender, job)));
        await inbox.write(
          'normal',
          done.map(({ statement }) => statement),
        );
        if (done.some(({ isPutOff }) => isPutOff)) {
          putOff();
        }
        rounds.ask();
      }
    });
  }

  return rounds;
}

function findDue({ sql: db }: Inbox, numberId: number, now: number): Promise<Job[]> {
  const ofNumber = sql`exists (
    select 1 from ${conversations} c where c.id = cast(${jobs.key} as integer) and c.number_id = ${numberId}
  )`;
  return db
    .select()
    .from(jobs)
    .where(and(eq(jobs.kind, RECEIPT), eq(jobs.state, 'open'), lte(jobs.dueAt, now), ofNumber))
    .orderBy(asc(jobs.dueAt))
    .limit(AT_ONCE);
}

type Done = { statement: Statement; isPutOff: boolean };

async function sendOne(parts: DeliveryParts, inbox: Inbox, sender: Sender, job: Job): Promise<Done> {
  const { whatsapp, log, now } = parts;
  const wamid = await readWamid(inbox, job);
  const outcome = wamid === null ? null : await whatsapp.markRead(sender, wamid);
  const mayHelp =
    outcome?.kind === 'not-sent' ||
    outcome?.kind === 'unknown' ||
    (outcome?.kind === 'refused' && ['R', 'R1', 'R*'].includes(outcome.class));
  // A later reading may have moved the job on meanwhile: that one is still to be sent.
  const asItWas = and(eq(jobs.id, job.id), eq(jobs.data, job.data));
  if (mayHelp && job.tries + 1 < MOST_TRIES) {
    const dueAt = now() + backOff(RETRY, job.tries, Math.random);
    const next = { tries: job.tries + 1, dueAt };
    return { statement: inbox.sql.update(jobs).set(next).where(asItWas), isPutOff: true };
  } else {
    log.debug({ database: inbox.name, outcome: outcome?.kind }, 'a read receipt is settled');
    return { statement: inbox.sql.delete(jobs).where(asItWas), isPutOff: false };
  }
}

async function readWamid({ sql: db }: Inbox, job: Job): Promise<string | null> {
  const data: unknown = JSON.parse(job.data);
  const messageId =
    typeof data === 'object' && data !== null && 'message_id' in data ? Number(data.message_id) : 0;
  const [message] = await db
    .select({ wamid: messages.wamid })
    .from(messages)
    .where(eq(messages.id, messageId))
    .limit(1);
  return message?.wamid ?? null;
}
