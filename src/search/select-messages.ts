import { type SQL, sql } from 'drizzle-orm';
import { shownName } from '#src/contacts/shown-name.ts';
import { maskedName, maskedText, seesPhones } from '#src/conversations/masking.ts';
import { visible } from '#src/conversations/visible.ts';
import { contacts, conversations, files, members, messages, numbers } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { excerptOf } from './excerpt.ts';
import type { FoundMessage, Place, Wanted } from './found.ts';

/** All of a file's name that is in the index. */
const WHOLE_NAME = { length: 255, before: 255 };

type Row = Omit<FoundMessage, 'conversation' | 'author' | 'excerpt' | 'file'> &
  PlaceRow & {
    authorKind: FoundMessage['author']['kind'];
    memberName: string | null;
    fileName: string | null;
  };

export type PlaceRow = {
  conversationId: number;
  state: Place['state'];
  assigneeId: number | null;
  windowExpiresAt: number | null;
  numberId: number;
  numberName: string | null;
  /** Whom the contact of the conversation now is. */
  contactId: number;
  contactName: string;
  isBlocked: number;
};

/**
 * The conversation that shows what is in `part`, its number, and who its contact now is. One block of a person is
 * enough, whichever of their contacts it stands with.
 */
export const placeColumns = sql`${conversations.id} as conversationId, ${conversations.state} as state,
  ${conversations.assigneeId} as assigneeId, ${conversations.windowExpiresAt} as windowExpiresAt,
  ${conversations.numberId} as numberId, ${numbers.name} as numberName,
  coalesce(person.id, ${contacts.id}) as contactId, ${shownName({ id: sql`person.id`, name: sql`person.name` }, contacts)} as contactName,
  (coalesce(person.blocked_at, ${contacts.blockedAt}) is not null or exists (
    select 1 from contacts as merged
    where merged.merged_into_id = coalesce(person.id, ${contacts.id}) and merged.blocked_at is not null
  )) as isBlocked`;

/** To be joined after `part`, the conversation that something is in. What may be seen depends on the surviving one. */
export const placeJoins = sql`
  cross join ${conversations} on ${conversations.id} = coalesce(part.merged_into_id, part.id)
  cross join ${contacts} on ${contacts.id} = ${conversations.contactId}
  left join ${contacts} as person on person.id = ${contacts.mergedIntoId}
  left join ${numbers} on ${numbers.id} = ${conversations.numberId}`;

/** Those of the matches `found` (a subselect with `id`) that the viewer may see and the narrowing leaves, in its order. */
export function selectMessages(found: SQL, wanted: Wanted, order: SQL, limit: number): SQL {
  return sql`select ${messages.id} as id, ${messages.direction} as direction, ${messages.type} as type,
    ${messages.text} as text, ${messages.orderedAt} as at, ${messages.authorKind} as authorKind,
    ${members.name} as memberName, ${files.name} as fileName, ${placeColumns}
    from ${found} as found
    cross join ${messages} on ${messages.id} = found.id
    cross join ${conversations} as part on part.id = ${messages.conversationId}
    ${placeJoins}
    left join ${members} on ${members.userId} = ${messages.authorId} and ${messages.authorKind} = 'person'
    left join attachments on attachments.message_id = ${messages.id} and attachments.position = 0
    left join ${files} on ${files.id} = attachments.file_id
    where ${visible(wanted.viewer)} and ${narrowed(wanted)}
    order by ${order} limit ${limit}`;
}

/** Whoever may not know phone numbers could learn one by asking for it, digit by digit. */
export const probesPhones = ({ query, viewer }: Wanted): boolean =>
  !seesPhones(viewer) && query.terms.some(({ words }) => words.some((word) => /\d/.test(word)));

function narrowed(wanted: Wanted): SQL {
  const { numberId, assignee, directions, from, before } = wanted.narrowing;
  const conditions = [
    sql`1`,
    // A card is told by its number, if it has no name.
    ...(probesPhones(wanted) ? [sql`${messages.type} <> 'contacts'`] : []),
    ...(numberId === undefined ? [] : [sql`${messages.numberId} = ${numberId}`]),
    ...(assignee === undefined ? [] : [assignedTo(assignee)]),
    ...(directions === undefined ? [] : [sql`${messages.direction} in ${directions}`]),
    ...(from === undefined ? [] : [sql`${messages.orderedAt} >= ${from}`]),
    ...(before === undefined ? [] : [sql`${messages.orderedAt} < ${before}`]),
  ];
  return sql.join(conditions, sql` and `);
}

export function assignedTo(assignee: number | 'none'): SQL {
  return assignee === 'none'
    ? sql`${conversations.assigneeId} is null`
    : sql`${conversations.assigneeId} = ${assignee}`;
}

export type MessageRow = Row;

export function toFoundMessage(row: Row, { query, extent, viewer }: Wanted): FoundMessage {
  const { id, direction, type, at, authorKind, memberName, fileName } = row;
  const text = seesPhones(viewer) ? row.text : maskedText(type, row.text);
  const conversation = toPlace(row, viewer);
  return {
    id,
    conversation,
    direction,
    author: {
      kind: authorKind,
      name: authorKind === 'customer' ? conversation.contact.name : (memberName ?? ''),
    },
    type,
    text,
    excerpt: excerptOf(text, query.terms, extent),
    file: fileName === null ? null : excerptOf(fileName, query.terms, WHOLE_NAME),
    at,
  };
}

export function toPlace(row: PlaceRow, viewer: Viewer): Place {
  const name = seesPhones(viewer) ? row.contactName : maskedName(row.contactName);
  return {
    id: row.conversationId,
    state: row.state,
    assigneeId: row.assigneeId,
    windowExpiresAt: row.windowExpiresAt,
    number: { id: row.numberId, name: row.numberName ?? '' },
    contact: { id: row.contactId, name, isBlocked: row.isBlocked === 1 },
  };
}
