import type { MessageContent } from '#src/messages/thread-message.ts';
import type { Fields } from '../shape.ts';

/** A file that waits at Meta: 7 days, by its id. */
export type InboundMedia = {
  id: string;
  mime: string;
  sha256: string | null;
  filename?: string;
  /** Valid for minutes, and from outside: whoever fetches it checks where it leads. */
  url?: string;
};

/** What one kind of message says. */
export type Understood = {
  /** What a person reads of it. */
  text: string;
  content: MessageContent;
  media?: InboundMedia;
};

/** Reads its kind's part of a message, or returns null when that part cannot be read. */
export type Reader = (message: Fields) => Understood | null;
