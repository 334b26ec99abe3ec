import { noteEarlierConsents } from '#src/contacts/consent-told.ts';
import type { Recognised } from '#src/contacts/recognise.ts';
import { noteEvent } from '#src/conversations/noted-event.ts';
import { waitingAfterInbound } from '#src/conversations/waiting.ts';
import { windowAfterInbound } from '#src/conversations/window.ts';
import { type Arrival, pairKey, type Run, touch } from '#src/webhooks/run.ts';
import type {
  Conversation,
  KnownContact,
  KnownConversation,
  KnownMessage,
  KnownNumber,
  MessageRow,
} from '#src/webhooks/stored.ts';
import { snippetOf } from './receive-snippet.ts';

/** The one thread between a number and a person, of merged ones the surviving; a new one is closed until something asks for an answer. */
export function findThread(
  run: Run,
  number: KnownNumber,
  contact: KnownContact,
  arrival: Arrival,
): KnownConversation {
  const known = knownThread(run, number, contact);
  if (known) {
    return known;
  }
  const conversation: Conversation & KnownConversation = {
    id: run.nextId(),
    numberId: number.id,
    contactId: contact.id,
    mergedIntoId: null,
    state: 'closed',
    snoozedUntil: null,
    assigneeId: null,
    teamId: number.teamId,
    priority: 0,
    lastArrivedAt: arrival.at,
    lastMessageId: null,
    snippet: '',
    lastInboundAt: null,
    lastInboundId: null,
    windowExpiresAt: null,
    waitingSince: null,
    caseId: null,
    lastOrderedAt: 0,
  };
  run.conversations.add(conversation);
  noteEarlierConsents(run, conversation);
  return conversation;
}

/** The same, if there is one. */
export function knownThread(
  run: Run,
  number: KnownNumber,
  contact: Pick<KnownContact, 'id'>,
): KnownConversation | undefined {
  const [known] = run.contacts
    .group(contact.id)
    .flatMap(({ id }) => run.conversations.find(pairKey(number.id, id)) ?? []);
  return known && (run.conversations.get(known.mergedIntoId ?? known.id) ?? known);
}

/** The conversation that shows this message: of merged ones the surviving. */
export function threadOf(run: Run, { conversationId }: KnownMessage): KnownConversation | undefined {
  const own = run.conversations.get(conversationId);
  return own && (run.conversations.get(own.mergedIntoId ?? own.id) ?? own);
}

type Change = Partial<Conversation & KnownConversation>;

/** What of a message moves its conversation. */
export type Arrived = Pick<MessageRow, 'id' | 'text' | 'orderedAt' | 'arrivedAt' | 'caseId'>;

/** What one more inbound message changes about its conversation. The assignee stays, unless they have left. */
export function threadAfter(
  run: Run,
  before: KnownConversation,
  row: Arrived,
  { opensWindow, asks }: { opensWindow: boolean; asks: boolean },
): Change {
  return {
    ...arrived(before, row),
    ...(opensWindow ? windowOpened(before, row) : {}),
    ...(asks ? waits(before, row) : {}),
    ...(asks ? staysWith(run, before) : {}),
  };
}

/**
 * Lists go by arrival, so that what comes late is seen; the snippet is that of the thread's last message. If that is this
 * one, come as history before, the snippet says already what it says by now.
 */
function arrived(before: KnownConversation, row: Arrived): Change {
  const isLast = row.orderedAt >= before.lastOrderedAt && row.id !== before.lastMessageId;
  const last = { lastMessageId: row.id, lastOrderedAt: row.orderedAt, snippet: snippetOf(row.text) };
  return {
    lastArrivedAt: Math.max(before.lastArrivedAt, row.arrivedAt),
    lastInboundId: Math.max(before.lastInboundId ?? 0, row.id),
    ...(isLast ? last : {}),
  };
}

function windowOpened(before: KnownConversation, { orderedAt }: Arrived): Change {
  return {
    lastInboundAt: Math.max(before.lastInboundAt ?? 0, orderedAt),
    windowExpiresAt: windowAfterInbound(before.windowExpiresAt, orderedAt),
  };
}

function waits(before: KnownConversation, { orderedAt, caseId }: Arrived): Change {
  return {
    state: 'open',
    snoozedUntil: null,
    caseId,
    waitingSince: waitingAfterInbound(before.waitingSince, orderedAt),
  };
}

function staysWith(run: Run, { id, state, assigneeId, teamId }: KnownConversation): Change {
  if (state !== 'closed' || assigneeId === null || !run.gone.has(assigneeId)) {
    return {};
  }
  touch(run, id, { left: { assigneeId, teamId } });
  return { assigneeId: null };
}

/** Two contacts that may be one person: kept as an event of the conversation, so that nothing is hidden. */
export function noteConflict(
  run: Run,
  { id: conversationId, caseId }: KnownConversation,
  { phoneHeldBy }: Recognised,
  arrival: Arrival,
): void {
  if (phoneHeldBy !== null) {
    noteEvent(run, {
      conversationId,
      caseId,
      at: arrival.at,
      actorKind: 'system',
      kind: 'contact.phone_held_elsewhere',
      data: { contact_id: phoneHeldBy },
    });
  }
}
