import { caseStep, firstInbound, openCase, reopenCase } from '#src/conversations/case.ts';
import { type Run, touch } from '#src/webhooks/run.ts';
import type { KnownConversation } from '#src/webhooks/stored.ts';

/** The case that is open now, if one is. */
export function openCaseOf(run: Run, conversation: KnownConversation): number | null {
  const last = run.cases.find(String(conversation.id));
  return last?.closedAt === null ? last.id : null;
}

/** Goes on with, reopens or opens the case that an inbound message belongs to, and gives its id. */
export function continueCase(
  run: Run,
  conversation: KnownConversation,
  at: number,
  arrivedAt: number,
): number {
  const last = run.cases.find(String(conversation.id));
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
