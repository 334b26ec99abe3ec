import { and, eq, inArray } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { shownName } from '#src/contacts/shown-name.ts';
import { built, places } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { filledUp } from '#src/db/lookup.ts';
import { contacts, members, reactions } from '#src/db/schema/inbox/index.ts';
import type { ThreadMessage } from './thread-message.ts';

export type Reactions = Map<number, ThreadMessage['reactions']>;

/** Whom a merged contact now is. */
const person = alias(contacts, 'person');

/**
 * The reactions to these messages, the oldest first; one taken back (an empty emoji) is not shown. Of contacts that
 * were merged it is the newest that counts: a person has one reaction a message.
 */
export async function loadReactions(inbox: Inbox, messageIds: readonly number[]): Promise<Reactions> {
  const found: Reactions = new Map();
  if (messageIds.length === 0) {
    return found;
  }
  const list = filledUp([...messageIds]);
  const statement = built(inbox, `reactions ${list.length}`, () =>
    inbox.sql
      .select({
        reaction: reactions,
        contactName: shownName(person, contacts),
        survivorId: contacts.mergedIntoId,
        memberName: members.name,
      })
      .from(reactions)
      .leftJoin(contacts, and(eq(contacts.id, reactions.by), eq(reactions.side, 'in')))
      .leftJoin(person, eq(person.id, contacts.mergedIntoId))
      .leftJoin(members, eq(members.userId, reactions.authorId))
      .where(inArray(reactions.messageId, places(list)))
      .prepare(),
  );
  const rows = await statement.all(Object.fromEntries(list.entries()));
  const newest = new Map(
    rows
      .sort((a, b) => a.reaction.at - b.reaction.at)
      .map((row) => [
        `${row.reaction.messageId} ${row.reaction.side} ${row.survivorId ?? row.reaction.by}`,
        row,
      ]),
  );
  const shown = [...newest.values()].filter(({ reaction }) => reaction.emoji !== '');
  for (const { reaction, contactName, survivorId, memberName } of shown.sort(
    (a, b) => a.reaction.at - b.reaction.at,
  )) {
    const { messageId, side, emoji, status, at } = reaction;
    const [name, by] =
      side === 'in' ? [contactName, survivorId ?? reaction.by] : [memberName, reaction.authorId];
    const one = { side, emoji, name: name ?? '', by, status, at };
    found.set(messageId, [...(found.get(messageId) ?? []), one]);
  }
  return found;
}
