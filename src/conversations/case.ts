import type { caseOpeners, cases } from '#src/db/schema/inbox/conversations.ts';

export type Case = typeof cases.$inferSelect;
export type CaseOpener = (typeof caseOpeners)[number];

/** How long after closing a customer's next word still belongs to the same case. */
export const REOPEN_MS = 12 * 60 * 60 * 1000;

/**
 * What the next inbound message does to the cases of its conversation.
 * `last` is the newest case; `at` is when the customer wrote it, by Meta's clock,
 * so that a late arrival written before the closing belongs to the case that was closed.
 */
export function caseStep(last: Pick<Case, 'closedAt'> | undefined, at: number): 'keep' | 'reopen' | 'open' {
  if (!last) {
    return 'open';
  } else if (last.closedAt === null) {
    return 'keep';
  } else {
    return at - last.closedAt <= REOPEN_MS ? 'reopen' : 'open';
  }
}

type Subject = { id: number; numberId: number; teamId: number | null; assigneeId: number | null };

/** A new case. Its opening and closing are on our clock, what the customer said on Meta's. */
export function openCase(id: number, conversation: Subject, by: CaseOpener, at: number): Case {
  return {
    id,
    conversationId: conversation.id,
    numberId: conversation.numberId,
    openedAt: at,
    openedBy: by,
    firstInboundAt: null,
    firstReplyAt: null,
    firstReplyBy: null,
    closedAt: null,
    closedBy: null,
    reopened: 0,
    teamId: conversation.teamId,
    assigneeId: conversation.assigneeId,
  };
}

/** The same case goes on: resolution runs to the last closing. */
export function reopenCase(closed: Pick<Case, 'reopened'>) {
  return { closedAt: null, closedBy: null, reopened: closed.reopened + 1 };
}

export function closeCase(by: number | null, at: number) {
  return { closedAt: at, closedBy: by };
}

/** The first inbound message of a case is the one the customer wrote first, whatever order they arrive in. */
export function firstInbound(current: Pick<Case, 'firstInboundAt'>, at: number): number {
  return Math.min(current.firstInboundAt ?? at, at);
}
