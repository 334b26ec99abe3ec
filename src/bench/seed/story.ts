import { snippetOf } from '#src/messages/receive-snippet.ts';
import { customer } from '../load/requests.ts';
import { sentence } from '../talk.ts';
import { endCase, openCase } from './case-rows.ts';
import type { Chapter } from './chapter.ts';
import { end } from './ending.ts';
import type { Fate } from './fates.ts';
import { inRow, outRow, type Said } from './message-row.ts';
import { agentOf, type Telling, type Thread } from './thread.ts';
import type { Moment } from './timeline.ts';

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
