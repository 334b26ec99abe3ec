import { createHash } from 'node:crypto';
import { WINDOW_MS } from '#src/conversations/window.ts';
import { snippetOf } from '#src/messages/receive-snippet.ts';
import { statusRank } from '#src/messages/status.ts';
import { createWamid } from '#src/simulator/wamid.ts';
import { customer } from '../load/requests.ts';
import type { Random } from '../random.ts';
import { sentence } from '../talk.ts';
import type { Chapter } from './chapter.ts';
import type { Fate } from './fates.ts';
import type { Moment } from './timeline.ts';

/** What is told, and by whom. */
export type Telling = {
  numberId: number;
  /** User ids; a fate's agent is an index in them. */
  agents: readonly number[];
  nextId(): number;
  random: Random;
};

/** A conversation so far. */
export type Thread = {
  index: number;
  fate: Fate;
  id: number;
  contactId: number;
  left: number;
  caseId: number;
  openedAt: number;
  firstReplyAt: number | null;
  lastMessageId: number;
  snippet: string;
  lastInboundAt: number;
  lastInboundId: number;
  waitingSince: number | null;
};

/** Begins a conversation at its first message: the contact, what WhatsApp calls them, and the thread. */
export function begin(telling: Telling, chapter: Chapter, index: number, fate: Fate, at: number): Thread {
  const { numberId, nextId } = telling;
  const { waId, userId, name } = customer(index);
  const contactId = nextId();
  const id = nextId();
  const seen = { contactId, seenAt: at };
  chapter.contacts.push({ id: contactId, name, nameSource: 'profile', createdAt: at, updatedAt: at });
  chapter.identities.push(
    { id: nextId(), ...seen, kind: 'phone', scope: '', value: waId, asReceived: waId },
    { id: nextId(), ...seen, kind: 'bsuid', scope: '', value: userId, asReceived: userId },
  );
  chapter.conversations.push({ id, numberId, contactId, state: 'open', lastArrivedAt: at });
  return {
    index,
    fate,
    id,
    contactId,
    left: fate.messages,
    caseId: 0,
    openedAt: at,
    firstReplyAt: null,
    lastMessageId: 0,
    snippet: '',
    lastInboundAt: at,
    lastInboundId: 0,
    waitingSince: null,
  };
}

/** Adds one message, and what goes with it when it is the first or the last of a talk. */
export function tell(telling: Telling, chapter: Chapter, thread: Thread, moment: Moment, at: number): void {
  const agentId = agentOf(telling, thread);
  if (moment.isFirst) {
    openCase(telling, chapter, thread, at);
  }
  const text = sentence(telling.random);
  const id = telling.nextId();
  chapter.messages.push(
    moment.isOut
      ? outRow(telling, thread, { id, text, at, agentId })
      : inRow(telling, thread, { id, text, at }),
  );
  note(thread, moment, { id, text, at });
  thread.left -= 1;
  if (moment.isLast) {
    endCase(telling, chapter, thread, at);
  }
  if (thread.left === 0) {
    end(telling, chapter, thread, at);
  }
}

type Said = { id: number; text: string; at: number };

function note(thread: Thread, { isOut }: Moment, { id, text, at }: Said): void {
  thread.lastMessageId = id;
  thread.snippet = snippetOf(text);
  if (isOut) {
    thread.waitingSince = null;
    thread.firstReplyAt ??= at;
  } else {
    thread.waitingSince ??= at;
    thread.lastInboundAt = at;
    thread.lastInboundId = id;
  }
}

function inRow({ numberId }: Telling, thread: Thread, { id, text, at }: Said) {
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

function outRow(
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

function agentOf({ agents }: Telling, { index, fate }: Thread): number {
  return agents[fate.agent ?? index % agents.length] ?? 0;
}

function openCase(telling: Telling, chapter: Chapter, thread: Thread, at: number): void {
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
function endCase(telling: Telling, chapter: Chapter, thread: Thread, at: number): void {
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
function end(telling: Telling, chapter: Chapter, thread: Thread, at: number): void {
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
