import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { built } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { filledUp } from '#src/db/lookup.ts';
import { contacts, members, reactions } from '#src/db/schema/inbox/index.ts';
import type { ThreadMessage } from './thread-message.ts';

export type Reactions = Map<number, ThreadMessage['reactions']>;

/** The reactions to these messages, the oldest first; one taken back (an empty emoji) is not shown. */
export async function loadReactions(inbox: Inbox, messageIds: readonly number[]): Promise<Reactions> {
  const found: Reactions = new Map();
  if (messageIds.length === 0) {
    return found;
  }
  const list = filledUp([...messageIds]);
  const statement = built(inbox, `reactions ${list.length}`, () =>
    inbox.sql
      .select({ reaction: reactions, contactName: contacts.name, memberName: members.name })
      .from(reactions)
      .leftJoin(contacts, and(eq(contacts.id, reactions.by), eq(reactions.side, 'in')))
      .leftJoin(members, eq(members.userId, reactions.authorId))
      .where(
        and(
          inArray(
            reactions.messageId,
            list.map((_, index) => sql.placeholder(String(index))),
          ),
          ne(reactions.emoji, ''),
        ),
      )
      .prepare(),
  );
  const rows = await statement.all(Object.fromEntries(list.entries()));
  for (const { reaction, contactName, memberName } of rows.sort((a, b) => a.reaction.at - b.reaction.at)) {
    const { messageId, side, emoji, status } = reaction;
    const name = (side === 'in' ? contactName : memberName) ?? '';
    found.set(messageId, [...(found.get(messageId) ?? []), { side, emoji, name, status }]);
  }
  return found;
}
