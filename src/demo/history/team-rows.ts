import { closeCase } from '#src/conversations/case.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { insertRows, updateRows } from '#src/db/rows.ts';
import { cases, conversations, events, messages, reads } from '#src/db/schema/inbox/index.ts';
import { snippetOf } from '#src/messages/receive-snippet.ts';
import { statusRank } from '#src/messages/status.ts';
import { indexMessages } from '#src/search/index-rows.ts';
import { noteRow } from '../note-row.ts';
import type { Turn } from './turns.ts';

/** A turn whose customer's part has been taken in. */
export type Heard = {
  turn: Turn;
  /** Whose turn it is to answer. */
  userId: number;
  conversationId: number;
  numberId: number;
  caseId: number;
  /** The customer's last message. */
  heardId: number;
  /** Nobody has answered in this case yet. */
  isNew: boolean;
  /** By the place in `done`; '' for notes. */
  wamids: readonly string[];
};

/**
 * What the team did in the past, as rows: sending it again would need a window that has long closed.
 * `everybody` has read it all.
 */
export function teamStatements(
  inbox: Inbox,
  heard: readonly Heard[],
  everybody: readonly number[],
): Statement[] {
  const changes = heard.map((one) => ({ ...one, written: writtenRows(inbox, one) }));
  const rows = changes.flatMap(({ written }) => written);
  return [
    ...insertRows(messages, rows),
    ...indexMessages(rows),
    ...insertRows(
      events,
      heard.flatMap((one) => eventRows(inbox, one)),
    ),
    ...insertRows(
      reads,
      heard.flatMap((one) => readRows(one, everybody)),
      'on conflict (user_id, conversation_id) do update set message_id = excluded.message_id, at = excluded.at',
    ),
    ...updateRows(cases, changed(heard.map(caseAfter))),
    ...updateRows(
      conversations,
      changed(changes.map(({ written, ...one }) => conversationAfter(one, written))),
    ),
  ];
}

type Row = typeof messages.$inferInsert & { id: number; text: string };

function writtenRows(inbox: Inbox, { turn, userId, wamids, ...place }: Heard): Row[] {
  return turn.done.map(({ from, text, at }, index) => {
    const row = noteRow({ id: inbox.nextId(), ...place, authorId: userId, text, at });
    return from === 'note' ? row : { ...row, ...read, wamid: wamids[index] };
  });
}

const read = { direction: 'out', status: 'read', statusRank: statusRank('read') } as const;

function eventRows(inbox: Inbox, { turn, userId, conversationId, caseId, isNew }: Heard) {
  const row = { conversationId, caseId, actorKind: 'person', actorId: userId };
  const answered = turn.done[0]?.at;
  return [
    ...(isNew && answered !== undefined
      ? [
          {
            ...row,
            id: inbox.nextId(),
            at: answered - 1,
            kind: 'assigned',
            data: JSON.stringify({ subject_id: userId }),
          },
        ]
      : []),
    ...(turn.closesAt === null
      ? []
      : [{ ...row, id: inbox.nextId(), at: turn.closesAt, kind: 'case.closed', data: '{}' }]),
  ];
}

function readRows({ turn, conversationId, heardId }: Heard, everybody: readonly number[]) {
  const at = turn.done[0]?.at ?? turn.said.at(-1)?.at;
  return everybody.map((userId) => ({ userId, conversationId, messageId: heardId, at }));
}

function caseAfter({ turn, userId, caseId, isNew }: Heard) {
  const reply = turn.done.find(({ from }) => from === 'agent');
  return {
    id: caseId,
    assigneeId: userId,
    ...(isNew && reply ? { firstReplyAt: reply.at, firstReplyBy: userId } : {}),
    ...(turn.closesAt === null ? {} : closeCase(userId, turn.closesAt)),
  };
}

function conversationAfter({ turn, userId, conversationId }: Heard, written: readonly Row[]) {
  const answer = written.findLast(({ direction }) => direction === 'out');
  return {
    id: conversationId,
    assigneeId: userId,
    ...(answer
      ? {
          lastMessageId: answer.id,
          lastArrivedAt: answer.arrivedAt,
          snippet: snippetOf(answer.text ?? ''),
          waitingSince: null,
        }
      : {}),
    ...(turn.closesAt === null ? {} : { state: 'closed', waitingSince: null }),
  };
}

function changed<Fields extends { id: number }>(rows: readonly Fields[]) {
  return rows.map((row) => ({ row, names: Object.keys(row).filter((name) => name !== 'id') }));
}
