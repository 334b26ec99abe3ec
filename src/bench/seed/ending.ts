import { WINDOW_MS } from '#src/conversations/window.ts';
import type { Chapter } from './chapter.ts';
import { agentOf, type Telling, type Thread } from './thread.ts';

const COLUMNS = [
  'state',
  'snoozedUntil',
  'assigneeId',
  'lastArrivedAt',
  'lastMessageId',
  'snippet',
  'lastInboundAt',
  'lastInboundId',
  'windowExpiresAt',
  'waitingSince',
  'caseId',
] as const;
const A_WEEK_MS = 7 * 86_400_000;

/** How the conversation stands now, and how far its agent has read it. */
export function end(telling: Telling, chapter: Chapter, thread: Thread, at: number): void {
  const { id, contactId, fate, lastMessageId, snippet, lastInboundAt, lastInboundId } = thread;
  const agentId = agentOf(telling, thread);
  const row = {
    id,
    numberId: telling.numberId,
    contactId,
    state: fate.state,
    snoozedUntil: fate.state === 'snoozed' ? at + A_WEEK_MS : null,
    assigneeId: fate.agent === null ? null : agentId,
    lastArrivedAt: at + 700,
    lastMessageId,
    snippet,
    lastInboundAt,
    lastInboundId,
    windowExpiresAt: lastInboundAt + WINDOW_MS,
    waitingSince: thread.waitingSince,
    caseId: thread.caseId,
  };
  chapter.ended.push({ row, names: COLUMNS });
  if (thread.waitingSince === null) {
    chapter.reads.push({ userId: agentId, conversationId: id, messageId: lastMessageId, at });
  }
}
