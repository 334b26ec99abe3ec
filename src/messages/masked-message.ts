import {
  maskedName,
  maskedNames,
  maskedPhone,
  maskedText,
  maskedWritten,
} from '#src/conversations/masking.ts';
import type { SharedContact, ThreadEvent, ThreadMessage } from './thread-message.ts';

/** The same message for somebody who may not know the customer's phone number, which may stand for their name. */
export function maskedMessage(message: ThreadMessage): ThreadMessage {
  const { author, quoted, reactions } = message;
  return {
    ...maskedSaying(message),
    author: { ...author, name: maskedName(author.name) },
    quoted: quoted && {
      ...quoted,
      author: maskedName(quoted.author),
      excerpt: maskedText(quoted.type, quoted.excerpt),
    },
    reactions: reactions.map((reaction) => ({ ...reaction, name: maskedName(reaction.name) })),
  };
}

/** What it says, without the number that the customer gave because they were asked for it. */
export function maskedSaying<Saying extends Pick<ThreadMessage, 'text' | 'content'>>(saying: Saying): Saying {
  const { text, content } = saying;
  return content.kind === 'contacts'
    ? {
        ...saying,
        text: maskedText(content.kind, text),
        content: { ...content, contacts: content.contacts.map(maskedCard) },
      }
    : saying;
}

/** A card that somebody passes on is of anybody, and stays as it is. The parts of a name may be those of a number. */
function maskedCard(card: SharedContact): SharedContact {
  if (!card.isRequested) {
    return card;
  }
  const { nameParts: _, ...shown } = card;
  return {
    ...shown,
    name: maskedNames(card.name),
    phones: card.phones.map(({ waId, ...phone }) => ({ ...phone, phone: maskedWritten(phone.phone) })),
    isMasked: true,
  };
}

export function maskedEvent(event: ThreadEvent): ThreadEvent {
  const hidden = (phone: string | null) => phone && maskedPhone(phone);
  return event.phones === undefined
    ? event
    : { ...event, phones: { from: hidden(event.phones.from), to: hidden(event.phones.to) } };
}
