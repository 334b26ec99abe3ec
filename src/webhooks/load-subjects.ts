import { getTableColumns } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { rowsIn, selection } from '#src/db/lookup.ts';
import { messages, outbox, parkedStatuses, reactions } from '#src/db/schema/inbox/index.ts';
import type { Spoken } from './spoken.ts';
import type { KnownCall, KnownMessage, KnownReaction, KnownSend, Parked } from './stored.ts';

const message = selection({
  id: messages.id,
  conversationId: messages.conversationId,
  numberId: messages.numberId,
  direction: messages.direction,
  authorKind: messages.authorKind,
  origin: messages.origin,
  wamid: messages.wamid,
  type: messages.type,
  quotedId: messages.quotedId,
  status: messages.status,
  statusRank: messages.statusRank,
  errorCode: messages.errorCode,
  error: messages.error,
  pricingType: messages.pricingType,
  pricingCategory: messages.pricingCategory,
  revokedAt: messages.revokedAt,
});

/** Messages by wamid, and those of ours that a status names by our own value. */
export function loadMessages(inbox: Inbox, { wamids, deleted, subjectIds }: Spoken): KnownMessage[] {
  const found = [...wamids]
    .flatMap(([numberId, names]) =>
      rowsIn(inbox, `select ${message.list} from messages where number_id = ? and wamid`, names, [numberId]),
    )
    .map((row) => message.read(row));
  const missing = [...subjectIds].filter((id) => !found.some((one) => one.id === id));
  const named = rowsIn(inbox, `select ${message.list} from messages where id`, missing);
  const contents = loadContents(inbox, deleted);
  return [...found, ...named.map((row) => message.read(row))].map((one) => {
    const content = contents.get(one.id);
    return content === undefined ? one : { ...one, content };
  });
}

const said = selection({ id: messages.id, content: messages.content });

/** By the message's id. */
function loadContents(inbox: Inbox, names: Spoken['deleted']): Map<number, string> {
  const rows = [...names].flatMap(([numberId, wamids]) =>
    rowsIn(inbox, `select ${said.list} from messages where number_id = ? and wamid`, wamids, [numberId]),
  );
  return new Map(rows.map((row) => said.read(row)).map(({ id, content }) => [id, content]));
}

const call = selection({ id: messages.id, orderedAt: messages.orderedAt, content: messages.content });

export function loadCalls(inbox: Inbox, { calls }: Spoken): KnownCall[] {
  const theirs = `select ${call.list} from messages where number_id = ? and wamid`;
  return [...calls]
    .flatMap(([numberId, ids]) => rowsIn(inbox, theirs, ids, [numberId]))
    .map((row) => call.read(row));
}

const reaction = selection({
  id: reactions.id,
  messageId: reactions.messageId,
  status: reactions.status,
  error: reactions.error,
  numberId: messages.numberId,
  conversationId: messages.conversationId,
});

export function loadReactions(inbox: Inbox, { subjectIds }: Spoken): KnownReaction[] {
  const ours = `select ${reaction.list} from reactions join messages on messages.id = reactions.message_id
    where reactions.side = 'out' and reactions.id`;
  return rowsIn(inbox, ours, subjectIds).map((row) => reaction.read(row));
}

const send = selection({ id: outbox.id, attempt: outbox.attempt });

export function loadSends(inbox: Inbox, { subjectIds }: Spoken): KnownSend[] {
  return rowsIn(inbox, `select ${send.list} from outbox where id`, subjectIds).map((row) => send.read(row));
}

const parked = selection(getTableColumns(parkedStatuses));

/** What waits for the messages that are spoken of. */
export function loadParked(inbox: Inbox, { wamids }: Spoken): Parked[] {
  const theirs = `select ${parked.list} from parked_statuses where number_id = ? and wamid`;
  return [...wamids]
    .flatMap(([numberId, names]) => rowsIn(inbox, theirs, names, [numberId]))
    .map((row) => parked.read(row));
}
