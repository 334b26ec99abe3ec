import { type Arrival, type Run, wamidKey } from '#src/webhooks/run.ts';
import type { KnownConversation, MessageRow } from '#src/webhooks/stored.ts';
import type { CallReport, InboundMessage } from '#src/whatsapp/updates.ts';
import { parkQuote } from './receive-parked.ts';
import { statusRank } from './status.ts';
import type { Call } from './thread-message.ts';

type Parts = {
  message: InboundMessage;
  conversation: KnownConversation;
  caseId: number | null;
  arrival: Arrival;
  /** Another program answers. */
  isElsewhere?: boolean;
};

/** An inbound message as its row. What it quotes is found now, or when it arrives. */
export function inboundRow(run: Run, { message, isElsewhere = false, ...place }: Parts): MessageRow {
  const { wamid, at, type, text, quotedWamid } = message;
  const { arrival } = place;
  const { numberId } = place.conversation;
  const id = run.nextId();
  const quoted = quotedWamid === null ? undefined : run.messages.find(wamidKey(numberId, quotedWamid));
  if (quotedWamid !== null && !quoted) {
    parkQuote(run, { numberId, wamid: quotedWamid }, { id, at }, arrival);
  }
  return {
    ...blankRow({ id, ...place }),
    type,
    text,
    content: contentOf(message, isElsewhere),
    quotedWamid,
    quotedId: quoted?.id ?? null,
    wamid,
    orderedAt: at,
    raw: type === 'unsupported' ? rawToKeep(run, arrival) : null,
  };
}

type CallParts = Omit<Parts, 'message'> & { report: CallReport; call: Call };

/** A call as its row: it stands in the thread where it began. */
export function callRow(run: Run, { report, call, ...place }: CallParts): MessageRow {
  const { direction, callId, beganAt } = report;
  return {
    ...blankRow({ id: run.nextId(), ...place }),
    ...(direction === 'in' ? {} : OUTGOING_CALL),
    direction,
    type: 'call',
    content: JSON.stringify(call),
    wamid: callId,
    orderedAt: beganAt,
  };
}

/** Another program called, or somebody on a phone: it answers no message. */
const OUTGOING_CALL = { authorKind: 'system', status: 'sent', statusRank: statusRank('sent') } as const;

/** What a customer's rows have in common. */
function blankRow({
  id,
  conversation,
  caseId,
  arrival,
}: Omit<Parts, 'message'> & { id: number }): MessageRow {
  return {
    id,
    conversationId: conversation.id,
    caseId,
    numberId: conversation.numberId,
    direction: 'in',
    authorKind: 'customer',
    authorId: null,
    origin: 'inbox',
    type: 'text',
    text: '',
    content: '{}',
    quotedWamid: null,
    quotedId: null,
    wamid: null,
    orderedAt: arrival.at,
    arrivedAt: arrival.at,
    status: 'received',
    statusRank: statusRank('received'),
    errorCode: null,
    error: null,
    idempotencyKey: null,
    keyOwner: null,
    bodyHash: null,
    broadcastId: null,
    pricingType: null,
    pricingCategory: null,
    editedAt: null,
    revokedAt: null,
    raw: null,
  };
}

export function contentOf(
  { content, forwarded, groupId, referral, product }: InboundMessage,
  isElsewhere = false,
): string {
  return JSON.stringify({
    ...content,
    referral,
    product,
    ...(forwarded === 'none' ? {} : { forwarded }),
    ...(groupId === null ? {} : { groupId }),
    ...(isElsewhere ? { isElsewhere } : {}),
  });
}

const SMALL_BYTES = 16 * 1024;

/** A change may hold a thousand messages: a large one is kept with the first that needs it, not with each. */
function rawToKeep(run: Run, { journalId, raw, isRawKept = false }: Arrival): Uint8Array | null {
  const isFirst = !isRawKept && !run.made.rawKept.has(journalId);
  run.made.rawKept.add(journalId);
  return isFirst || raw.byteLength <= SMALL_BYTES ? raw : null;
}
