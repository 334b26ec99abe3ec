import { caseStep, firstInbound, openCase, reopenCase } from '#src/conversations/case.ts';
import { type Run, touch } from '#src/webhooks/run.ts';
import type { KnownCase, KnownConversation } from '#src/webhooks/stored.ts';

/** The case that is open now, if one is. */
export function openCaseOf(run: Run, conversation: KnownConversation): number | null {
  const last = lastCaseOf(run, conversation);
  return last?.closedAt === null ? last.id : null;
}

/**
 * The case that is open, its own before that of a conversation merged into it; else, of all of them, the one that was
 * closed last.
 */
export function lastCaseOf(run: Run, { id }: KnownConversation): KnownCase | undefined {
  const own = run.cases.find(String(id));
  const all = run.conversations.group(id).flatMap((part) => run.cases.find(String(part.id)) ?? []);
  const open = own?.closedAt === null ? own : all.find(({ closedAt }) => closedAt === null);
  return open ?? all.sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0) || a.id - b.id).at(-1);
}

/** Goes on with, reopens or opens the case that an inbound message belongs to, and gives its id. */
export function continueCase(
  run: Run,
  conversation: KnownConversation,
  at: number,
  arrivedAt: number,
): number {
  const last = lastCaseOf(run, conversation);
  const step = caseStep(last, at);
  if (last === undefined || step === 'open') {
    const opened = openCase(run.nextId(), conversation, 'customer', arrivedAt);
    run.cases.add({ ...opened, firstInboundAt: at });
    note(run, conversation.id, { caseId: opened.id, kind: 'case.opened', at: Math.min(at, arrivedAt) });
    return opened.id;
  }
  const first = firstInbound(last, at);
  if (step === 'reopen') {
    run.cases.change(last.id, { ...reopenCase(last), firstInboundAt: first });
    note(run, conversation.id, {
      caseId: last.id,
      kind: 'case.reopened',
      at: Math.max(at, last.closedAt ?? 0),
    });
  } else if (first !== last.firstInboundAt) {
    run.cases.change(last.id, { firstInboundAt: first });
  }
  return last.id;
}

type CaseEvent = { caseId: number; kind: 'case.opened' | 'case.reopened'; at: number };

function note(run: Run, conversationId: number, event: CaseEvent): void {
  const id = run.nextId();
  run.made.events.push({ id, conversationId, actorKind: 'customer', ...event });
  touch(run, conversationId, { event: id });
}
