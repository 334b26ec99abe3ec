import { createHash } from 'node:crypto';
import { statusRank } from '#src/messages/status.ts';
import { createWamid } from '#src/simulator/wamid.ts';
import { customer } from '../load/requests.ts';
import type { Telling, Thread } from './thread.ts';

/** One message, at a time in milliseconds since 1970. */
export type Said = { id: number; text: string; at: number };

export function inRow({ numberId }: Telling, thread: Thread, { id, text, at }: Said) {
  const { id: conversationId, caseId } = thread;
  return {
    id,
    conversationId,
    caseId,
    numberId,
    direction: 'in',
    authorKind: 'customer',
    authorId: null,
    origin: 'inbox',
    type: 'text',
    text,
    content: '{"kind":"text"}',
    wamid: createWamid(customer(thread.index).waId, 'inbound'),
    orderedAt: at,
    arrivedAt: at + 700,
    status: 'received',
    statusRank: statusRank('received'),
  } as const;
}

export function outRow(
  { numberId }: Telling,
  thread: Thread,
  { id, text, at, agentId }: Said & { agentId: number },
) {
  const { id: conversationId, caseId } = thread;
  const status = thread.left % 3 === 0 ? 'delivered' : 'read';
  return {
    id,
    conversationId,
    caseId,
    numberId,
    direction: 'out',
    authorKind: 'person',
    authorId: agentId,
    origin: 'inbox',
    type: 'text',
    text,
    content: '{"kind":"text"}',
    wamid: createWamid(customer(thread.index).waId, 'outbound'),
    orderedAt: at,
    arrivedAt: at,
    status,
    statusRank: statusRank(status),
    idempotencyKey: crypto.randomUUID(),
    keyOwner: `person:${agentId}`,
    bodyHash: createHash('sha256').update(text).digest('hex'),
  } as const;
}
