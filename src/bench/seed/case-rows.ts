import type { Chapter } from './chapter.ts';
import { agentOf, type Telling, type Thread } from './thread.ts';

/** A talk begins: a case, taken by the agent whom the conversation belongs to. */
export function openCase(telling: Telling, chapter: Chapter, thread: Thread, at: number): void {
  thread.caseId = telling.nextId();
  thread.openedAt = at;
  thread.firstReplyAt = null;
  const about = { conversationId: thread.id, caseId: thread.caseId, at };
  chapter.events.push({
    id: telling.nextId(),
    ...about,
    actorKind: 'customer',
    actorId: null,
    kind: 'case.opened',
  });
  if (thread.fate.agent !== null) {
    const subjectId = agentOf(telling, thread);
    const data = JSON.stringify({ subject_id: subjectId });
    const actor = { actorKind: 'person', actorId: subjectId } as const;
    chapter.events.push({ id: telling.nextId(), ...about, ...actor, kind: 'assigned', data });
  }
}

/** Every talk but an open conversation's last was closed by somebody. */
export function endCase(telling: Telling, chapter: Chapter, thread: Thread, at: number): void {
  const { numberId } = telling;
  const { id: conversationId, caseId, fate, firstReplyAt } = thread;
  const agentId = agentOf(telling, thread);
  const isClosed = thread.left > 0 || fate.state === 'closed';
  const closedAt = isClosed ? at + 900 : null;
  chapter.cases.push({
    id: caseId,
    conversationId,
    numberId,
    openedAt: thread.openedAt,
    openedBy: 'customer',
    firstInboundAt: thread.openedAt,
    firstReplyAt,
    firstReplyBy: firstReplyAt === null ? null : agentId,
    closedAt,
    closedBy: isClosed ? agentId : null,
    assigneeId: fate.agent === null ? null : agentId,
  });
  if (closedAt !== null) {
    thread.waitingSince = null;
    const about = { conversationId, caseId, at: closedAt };
    const actor = { actorKind: 'person', actorId: agentId } as const;
    chapter.events.push({ id: telling.nextId(), ...about, ...actor, kind: 'case.closed' });
  }
}
