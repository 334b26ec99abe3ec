import { type SQL, sql } from 'drizzle-orm';
import { outbox } from '#src/db/schema/inbox/index.ts';

// Conditions on a row of the outbox, for queries that read it under its own name. They cost a look at the message and at
// the conversation, so they are asked only where Meta forbids something.

const isTemplate = sql`exists (
  select 1 from messages where messages.id = ${outbox.messageId} and messages.type = 'template'
)`;

const windowEnd = sql`(
  select coalesce(thread.window_expires_at, 0) from conversations as asked
  join conversations as thread on thread.id = coalesce(asked.merged_into_id, asked.id)
  where asked.id = ${outbox.conversationId}
)`;

/** Writes first to somebody: a template while no window is open. */
export const isStart = (now: number): SQL => sql`(${isTemplate} and ${windowEnd} <= ${now})`;

/** Anything while the window is open. What is too late to be one is no start either, unless it is a template. */
export const isAnswer = (now: number): SQL => sql`(${windowEnd} > ${now})`;

/** Meta forbids it at this moment; for queries that read its number from `numbers`. */
export const isHeld = (now: number): SQL => sql`(
  (coalesce(numbers.starts_forbidden_until, 0) > ${now} and ${isStart(now)})
  or (coalesce(numbers.answers_forbidden_until, 0) > ${now} and ${isAnswer(now)})
)`;
