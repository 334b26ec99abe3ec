import { and, eq, inArray } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { threadParts } from './thread.ts';

export type Quoted = { id: number; wamid: string };

/** The message that is answered, of this conversation or one merged into it. Notes and unsent ones have no name at Meta. */
export async function findQuoted(
  inbox: Inbox,
  conversationId: number,
  quotedId: number | undefined,
): Promise<Quoted | null> {
  if (quotedId === undefined) {
    return null;
  }
  const threads = await threadParts(inbox, conversationId);
  const [quoted] = await inbox.sql
    .select({ id: messages.id, wamid: messages.wamid })
    .from(messages)
    .where(and(eq(messages.id, quotedId), inArray(messages.conversationId, threads)))
    .limit(1);
  if (!quoted) {
    throw new Invalid({ quoted: 'The message you answer is not in this conversation.' });
  } else if (quoted.wamid === null) {
    throw new Invalid({
      quoted: 'The message you answer has not been sent yet. Wait a moment, or answer without quoting it.',
    });
  } else {
    return { id: quoted.id, wamid: quoted.wamid };
  }
}
