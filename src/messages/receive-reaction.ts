import { recognise } from '#src/contacts/recognise.ts';
import type { Statement } from '#src/db/database.ts';
import { forEachRow, insertRows } from '#src/db/rows.ts';
import { reactions } from '#src/db/schema/inbox/index.ts';
import { type Arrival, hearFrom, mention, type Run, touch, wamidKey } from '#src/webhooks/run.ts';
import type { Update } from '#src/whatsapp/updates.ts';
import { parkReaction } from './receive-parked.ts';

/**
 * Takes in a customer's reaction, or its taking back (an empty emoji): the newest one counts. It opens no window,
 * asks for no answer and moves no conversation. One that comes before its message waits for it.
 */
export function receiveReaction(
  run: Run,
  update: Extract<Update, { kind: 'reaction' }>,
  arrival: Arrival,
): void {
  const { sender, targetWamid, emoji, at } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const { contact } = recognise(run, { number, sender, at, arrivedAt: arrival.at });
  mention(run, arrival, contact.id);
  const target = run.messages.find(wamidKey(number.id, targetWamid));
  const reaction = { by: contact.id, emoji, at };
  if (target) {
    react(run, target, reaction);
  } else {
    parkReaction(run, { numberId: number.id, wamid: targetWamid }, reaction, arrival);
  }
}

/** `by` is the contact, or 0 for the business itself. */
export type InboundReaction = { by: number; emoji: string; at: number };
const OURS = 0;

/** Sets a reaction on a message that is there. */
export function react(
  run: Run,
  target: { id: number; conversationId: number },
  { by, emoji, at }: InboundReaction,
): void {
  run.made.reactions.push({
    messageId: target.id,
    side: by === OURS ? 'out' : 'in',
    by,
    id: run.nextId(),
    emoji,
    at,
    status: by === OURS ? 'sent' : 'received',
  });
  touch(run, target.conversationId, { message: target.id });
}

type ReactionRow = typeof reactions.$inferInsert;

/** The newest of each person counts, in whatever order they come. */
export function reactionStatements(rows: readonly ReactionRow[]): Statement[] {
  const ours = rows.filter(({ side }) => side === 'out');
  return [
    ...forEachRow(
      WITHDRAW,
      ours.map(({ messageId, at }) => [messageId, at]),
    ),
    ...insertRows(reactions, rows, NEWEST),
  ];
}

/** One that waits is not sent any more when another was chosen on the phone since. */
const WITHDRAW = `delete from outbox where state in ('queued', 'unknown') and id in (
  select id from reactions where message_id = ? and side = 'out' and by = ${OURS} and at <= ?)`;

/** A new id, so that what becomes of the one before, on its way from here, is none of its concern. */
const NEWEST = `on conflict (message_id, side, by) do update
  set id = excluded.id, emoji = excluded.emoji, at = excluded.at, author_id = excluded.author_id,
    status = excluded.status, error = excluded.error
  where excluded.at >= reactions.at`;
