import { type Arrival, type Run, wamidKey } from '#src/webhooks/run.ts';
import type { KnownConversation, MessageRow } from '#src/webhooks/stored.ts';
import type { InboundMessage } from '#src/whatsapp/updates.ts';
import { parkQuote } from './receive-parked.ts';
import { statusRank } from './status.ts';

type Parts = {
  message: InboundMessage;
  conversation: KnownConversation;
  caseId: number | null;
  arrival: Arrival;
};

/** An inbound message as its row. What it quotes is found now, or when it arrives. */
export function inboundRow(run: Run, { message, conversation, caseId, arrival }: Parts): MessageRow {
  const { wamid, at, type, text, quotedWamid } = message;
  const { id: conversationId, numberId } = conversation;
  const id = run.nextId();
  const quoted = quotedWamid === null ? undefined : run.messages.find(wamidKey(numberId, quotedWamid));
  if (quotedWamid !== null && !quoted) {
    parkQuote(run, { numberId, wamid: quotedWamid }, { id, at }, arrival);
  }
  return {
    id,
    conversationId,
    caseId,
    numberId,
    direction: 'in',
    authorKind: 'customer',
    authorId: null,
    origin: 'inbox',
    type,
    text,
    content: contentOf(message),
    quotedWamid,
    quotedId: quoted?.id ?? null,
    wamid,
    orderedAt: at,
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
    raw: type === 'unsupported' ? rawToKeep(run, arrival) : null,
  };
}

function contentOf({ content, forwarded, groupId, referral, product }: InboundMessage): string {
  return JSON.stringify({
    ...content,
    referral,
    product,
    ...(forwarded === 'none' ? {} : { forwarded }),
    ...(groupId === null ? {} : { groupId }),
  });
}

const SMALL_BYTES = 16 * 1024;

/** A change may hold a thousand messages: a large one is kept with the first that needs it, not with each. */
function rawToKeep(run: Run, { journalId, raw }: Arrival): Uint8Array | null {
  const isFirst = !run.made.rawKept.has(journalId);
  run.made.rawKept.add(journalId);
  return isFirst || raw.byteLength <= SMALL_BYTES ? raw : null;
}
