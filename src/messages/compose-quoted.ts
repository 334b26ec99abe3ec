import { and, eq, inArray } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { isOfGroup } from './reaction-target.ts';
import { threadParts } from './thread.ts';

/** `wamid`: what Meta is told of it; null for what the recipient does not have. */
export type Quoted = { id: number; wamid: string | null };

/**
 * The message that is answered, of this conversation or one merged into it. Notes and unsent ones have no name at Meta,
 * and calls one of another kind. What was said in a group is quoted here alone: the answer goes to the person, whose
 * own thread has no such message. Throws `Invalid`.
 */
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
    .select({
      id: messages.id,
      wamid: messages.wamid,
      type: messages.type,
      content: messages.content,
    })
    .from(messages)
    .where(and(eq(messages.id, quotedId), inArray(messages.conversationId, threads)))
    .limit(1);
  if (!quoted) {
    throw new Invalid({ quoted: 'The message you answer is not in this conversation.' });
  } else if (quoted.wamid === null) {
    throw new Invalid({
      quoted: 'The message you answer has not been sent yet. Wait a moment, or answer without quoting it.',
    });
  } else if (quoted.type === 'call') {
    throw new Invalid({ quoted: 'A call cannot be quoted. Answer without quoting it.' });
  } else {
    return { id: quoted.id, wamid: isOfGroup(quoted) ? null : quoted.wamid };
  }
}
