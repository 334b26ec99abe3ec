import { clean } from '#src/db/clean.ts';
import { Invalid } from '#src/errors.ts';
import { LIMITS } from '#src/whatsapp/outgoing-limits.ts';
import { readCards } from './compose-cards.ts';
import { readInteractive } from './compose-interactive.ts';
import { Faults } from './faults.ts';
import type { AskedInteractive } from './interactive.ts';
import type { MessageContent } from './thread-message.ts';

/** What a message of ours can be besides text and files. */
export type SentContent =
  | Extract<MessageContent, { kind: 'text' | 'location' | 'contacts' }>
  | AskedInteractive;
export type Composed = { text: string; content: SentContent };

/** The text of a message. Forms write line ends as CRLF, which would count twice. */
export function readText(given: string, hasFiles: boolean): string {
  const text = clean(given).replaceAll('\r\n', '\n').trim();
  if (text === '' && !hasFiles) {
    throw new Invalid({ text: 'Write something first.' });
  } else if (text.length > LIMITS.text) {
    const over = text.length - LIMITS.text;
    throw new Invalid({
      text: `WhatsApp takes at most 4,096 characters. This is ${over.toLocaleString('en')} too long: shorten it or send it in parts.`,
    });
  }
  return text;
}

/**
 * The message clean and without the empty parts, within Meta's limits. Throws `Invalid` with a sentence for every part
 * that is not, by its path in Meta's JSON.
 */
export function readComposed(given: string, content: SentContent): Composed {
  switch (content.kind) {
    case 'text': {
      return { text: readText(given, false), content };
    }
    case 'location':
      return readLocation(content);
    case 'contacts':
      return readCards(content.contacts);
    case 'interactive':
      return readInteractive(given, content);
  }
}

function readLocation(content: Extract<SentContent, { kind: 'location' }>): Composed {
  const { latitude, longitude } = content;
  const faults = new Faults();
  if (!(Math.abs(latitude) <= 90)) {
    faults.add('location.latitude', 'The latitude is a number from −90 to 90, such as -17.8292.');
  }
  if (!(Math.abs(longitude) <= 180)) {
    faults.add('location.longitude', 'The longitude is a number from −180 to 180, such as 31.0522.');
  }
  const name = faults.optional('location.name', 'The name of a place', content.name, LIMITS.place);
  const address = faults.optional(
    'location.address',
    'The address of a place',
    content.address,
    LIMITS.place,
  );
  faults.refuse();
  return {
    text: [name, address].filter((part) => part !== undefined).join(', '),
    content: {
      kind: 'location',
      latitude,
      longitude,
      ...(name === undefined ? {} : { name }),
      ...(address === undefined ? {} : { address }),
    },
  };
}
