import type { messages } from '#src/db/schema/inbox/index.ts';
import { statusRank } from '#src/messages/status.ts';

type Written = {
  id: number;
  conversationId: number;
  numberId: number;
  caseId: number | null;
  authorId: number;
  text: string;
  /** Milliseconds. */
  at: number;
};

/** What an agent wrote for the team only. It has no way out, and no place in lists. */
export function noteRow({ id, conversationId, numberId, caseId, authorId, text, at }: Written) {
  return {
    id,
    conversationId,
    numberId,
    caseId,
    authorId,
    text,
    direction: 'note',
    authorKind: 'person',
    origin: 'inbox',
    type: 'text',
    content: JSON.stringify({ kind: 'text' }),
    orderedAt: at,
    arrivedAt: at,
    status: 'received',
    statusRank: statusRank('received'),
  } satisfies typeof messages.$inferInsert;
}
