import type { Inbox } from '#src/db/inbox.ts';
import { rowsIn, selection } from '#src/db/lookup.ts';
import { cases, conversations } from '#src/db/schema/inbox/index.ts';
import type { KnownCase, KnownConversation, Stored } from './stored.ts';

type Threads = Pick<Stored, 'conversations' | 'cases' | 'gone'>;

const none: Threads = { conversations: [], cases: [], gone: new Set() };

/** Conversations of these contacts and with these ids, each with its newest case, besides those that are known. */
export function loadThreads(
  inbox: Inbox,
  contactIds: ReadonlySet<number>,
  ids: ReadonlySet<number>,
  loaded: Threads = none,
): Threads {
  if (contactIds.size + ids.size === 0) {
    return loaded;
  }
  const before = new Set(loaded.conversations.map(({ id }) => id));
  const rows = [
    ...rowsIn(inbox, `${threads} where conversations.contact_id`, contactIds),
    ...rowsIn(inbox, `${threads} where conversations.id`, ids),
  ].filter(([id]) => !before.has(Number(id)));
  const found = new Map(rows.map((row) => [Number(row[0]), row]));
  const known = [...found.values()].map(
    (row): KnownConversation => ({ ...thread.read(row, 1), lastOrderedAt: Number(row[thread.width + 1]) }),
  );
  const open = [...found.values()]
    .filter((row) => row[thread.width + 2] !== null)
    .map((row) => knownCase.read(row, thread.width + 2));
  const settled = new Set(open.map((one) => one.conversationId));
  const resting = known.filter((one) => !settled.has(one.id));
  return {
    conversations: [...loaded.conversations, ...known],
    cases: [...loaded.cases, ...open, ...loadLastCases(inbox, resting)],
    gone: new Set([...loaded.gone, ...loadGone(inbox, resting)]),
  };
}

const knownCase = selection({
  id: cases.id,
  conversationId: cases.conversationId,
  closedAt: cases.closedAt,
  closedBy: cases.closedBy,
  reopened: cases.reopened,
  firstInboundAt: cases.firstInboundAt,
});

const thread = selection({
  id: conversations.id,
  numberId: conversations.numberId,
  contactId: conversations.contactId,
  mergedIntoId: conversations.mergedIntoId,
  state: conversations.state,
  snoozedUntil: conversations.snoozedUntil,
  assigneeId: conversations.assigneeId,
  teamId: conversations.teamId,
  lastArrivedAt: conversations.lastArrivedAt,
  lastMessageId: conversations.lastMessageId,
  snippet: conversations.snippet,
  lastInboundAt: conversations.lastInboundAt,
  lastInboundId: conversations.lastInboundId,
  windowExpiresAt: conversations.windowExpiresAt,
  waitingSince: conversations.waitingSince,
  caseId: conversations.caseId,
});

/** Each with the place of its last message in the thread, and with its case if one is open. */
const threads = `
  select conversations.id, ${thread.list}, coalesce(messages.ordered_at, 0), ${knownCase.list} from conversations
  left join messages on messages.id = conversations.last_message_id
  left join cases on cases.id = conversations.case_id and cases.closed_at is null`;

/** Ids rise, so the newest case of a conversation has the highest. */
function loadLastCases(inbox: Inbox, resting: readonly KnownConversation[]): KnownCase[] {
  const newest = `select ${knownCase.list} from cases
    where id = (select max(id) from cases as others where others.conversation_id = cases.conversation_id)
    and conversation_id`;
  const ids = resting.map(({ id }) => id);
  return rowsIn(inbox, newest, ids).map((row) => knownCase.read(row));
}

/** Who of the assignees has left: what reopens does not go back to them. */
function loadGone(inbox: Inbox, resting: readonly KnownConversation[]): ReadonlySet<number> {
  const assignees = new Set(resting.flatMap(({ assigneeId }) => assigneeId ?? []));
  const gone = 'select user_id from members where left_at is not null and user_id';
  return new Set(rowsIn(inbox, gone, assignees).map(([id]) => Number(id)));
}
