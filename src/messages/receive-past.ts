import { recognise } from '#src/contacts/recognise.ts';
import { type Arrival, hearFrom, mention, type Run, touch, wamidKey } from '#src/webhooks/run.ts';
import type { KnownConversation, KnownMessage, MessageRow } from '#src/webhooks/stored.ts';
import type { InboundMessage, Update } from '#src/whatsapp/updates.ts';
import { type Arrived, findThread, threadOf } from './receive-conversation.ts';
import { expectFile } from './receive-media.ts';
import { contentOf, inboundRow } from './receive-row.ts';
import { settleParked } from './receive-settle.ts';
import { snippetOf } from './receive-snippet.ts';
import { statusRank } from './status.ts';

type Past = Extract<Update, { kind: 'past' }>;

/**
 * Takes in a message from before the number was connected. It stands where it was said, and does nothing else: no
 * window, nobody waits, no screen is told. What is there already stays; a file takes the place that was kept for it.
 */
export function receivePast(run: Run, update: Past, arrival: Arrival): void {
  const { message, sender } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const known = run.messages.find(wamidKey(number.id, message.wamid));
  if (known) {
    fillPlaceholder(run, known, update, arrival);
    return;
  }
  const { contact } = recognise(run, { number, sender, at: message.at, arrivedAt: arrival.at });
  const conversation = findThread(run, number, contact, { ...arrival, at: message.at });
  const row = { ...inboundRow(run, { message, conversation, caseId: null, arrival }), ...sideOf(update) };
  run.messages.add(row);
  run.conversations.change(conversation.id, threadWith(conversation, row));
  expectFile(run, row.id, message.media, arrival.at);
  mention(run, arrival, contact.id);
  settleParked(run, { id: row.id, numberId: number.id, wamid: message.wamid });
}

function sideOf({ direction, status }: Past) {
  return direction === 'in'
    ? ({ origin: 'history' } as const)
    : ({
        origin: 'history',
        direction,
        authorKind: 'phone_app',
        status,
        statusRank: statusRank(status),
      } as const);
}

/** Lists have it where it was said, not where it arrived. */
function threadWith({ lastArrivedAt, lastOrderedAt, lastMessageId }: KnownConversation, row: MessageRow) {
  const isLast = lastMessageId === null || row.orderedAt >= lastOrderedAt;
  const last = { lastMessageId: row.id, lastOrderedAt: row.orderedAt, snippet: snippetOf(row.text) };
  return { lastArrivedAt: Math.max(lastArrivedAt, row.orderedAt), ...(isLast ? last : {}) };
}

/** Whether a message has only come as history. What was deleted since, or never left, is no news any more. */
export const isOnlyPast = ({ origin, revokedAt, status }: KnownMessage): boolean =>
  origin === 'history' && revokedAt === null && status !== 'failed';

type News = {
  message: InboundMessage;
  origin: 'inbox' | 'phone_app';
  caseId: number | null;
  arrival: Arrival;
};

/** Makes news of what has only come as history: it keeps its place and its words. */
export function tellPast(run: Run, known: KnownMessage, { message, origin, caseId, arrival }: News): Arrived {
  fillPlaceholder(run, known, { message }, arrival);
  const arrived = { arrivedAt: arrival.at, caseId };
  run.messages.change(known.id, { origin, ...arrived });
  return { id: known.id, text: message.text, orderedAt: message.at, ...arrived };
}

/** Puts what a message says, and its file, in the place that was kept for it. */
function fillPlaceholder(
  run: Run,
  known: KnownMessage,
  { message }: Pick<Past, 'message'>,
  arrival: Arrival,
): void {
  if (known.type !== 'unsupported' || message.type === 'unsupported' || known.revokedAt !== null) {
    return;
  }
  const { type, text } = message;
  run.messages.change(known.id, { type, text, content: contentOf(message), raw: null });
  expectFile(run, known.id, message.media, arrival.at);
  const conversation = threadOf(run, known);
  if (conversation?.lastMessageId === known.id) {
    run.conversations.change(conversation.id, { snippet: snippetOf(text) });
  }
  touch(run, known.conversationId, { message: known.id });
}
