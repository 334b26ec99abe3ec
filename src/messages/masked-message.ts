import { maskedName, maskedPhone } from '#src/conversations/masking.ts';
import type { ThreadEvent, ThreadMessage } from './thread-message.ts';

/** The same message for somebody who may not know the customer's phone number, which may stand for their name. */
export function maskedMessage(message: ThreadMessage): ThreadMessage {
  const { author, quoted, reactions } = message;
  return {
    ...message,
    author: { ...author, name: maskedName(author.name) },
    quoted: quoted && { ...quoted, author: maskedName(quoted.author) },
    reactions: reactions.map((reaction) => ({ ...reaction, name: maskedName(reaction.name) })),
  };
}

export function maskedEvent(event: ThreadEvent): ThreadEvent {
  const hidden = (phone: string | null) => phone && maskedPhone(phone);
  return event.phones === undefined
    ? event
    : { ...event, phones: { from: hidden(event.phones.from), to: hidden(event.phones.to) } };
}
