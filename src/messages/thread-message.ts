import type { ThreadFile } from '#src/attachments/thread-file.ts';
import type { authorKinds, directions, messageStatuses } from '#src/db/schema/inbox/messages.ts';

export type MessageStatus = (typeof messageStatuses)[number];

/** What `messages.content` holds, by kind; `text` holds what a person reads. */
export type MessageContent =
  | { kind: 'text' }
  | {
      kind: 'media';
      media: 'image' | 'video' | 'audio' | 'document' | 'sticker';
      mime: string;
      filename?: string;
      voice?: boolean;
      animated?: boolean;
    }
  | { kind: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | { kind: 'contacts'; contacts: SharedContact[] }
  | { kind: 'button'; title: string; payload?: string }
  | { kind: 'list'; title: string; description?: string; id?: string }
  | { kind: 'unsupported'; reason?: string; metaType?: string };

export type SharedContact = {
  name: string;
  phones: { phone: string; waId?: string; label?: string }[];
  emails: { email: string; label?: string }[];
  organisation?: string;
};

export type MessageError = { code: number; title: string; detail: string };

/** One message of a thread, with everything its bubble shows. */
export type ThreadMessage = {
  id: number;
  /** The conversation that shows it: of merged ones the surviving. */
  conversationId: number;
  direction: (typeof directions)[number];
  author: { kind: (typeof authorKinds)[number]; id: number | null; name: string };
  type: string;
  text: string;
  content: MessageContent;
  quoted: {
    id: number | null;
    author: string;
    excerpt: string;
    /** What it is, if it is a file. */
    media?: Pick<Extract<MessageContent, { kind: 'media' }>, 'media' | 'voice'>;
    /** The id of its file, if that has a small picture. */
    pictured?: number;
  } | null;
  /** 'none', 'once' or 'often': how Meta marked it as forwarded. */
  forwarded: 'none' | 'once' | 'often';
  wamid: string | null;
  /** What it was sent under from a page, which knows its own bubble by it. */
  key?: string;
  status: MessageStatus;
  /** The outcome is unknown and its grace is over: a person decides. */
  asks: boolean;
  error: MessageError | null;
  orderedAt: number;
  arrivedAt: number;
  /** It arrived more than 60 s after Meta's time of it. */
  late: boolean;
  reactions: { side: 'in' | 'out'; emoji: string; name: string; status: MessageStatus }[];
  /** In their order; as a rule one. */
  files: ThreadFile[];
};

/** A line between messages: assigned, closed, reopened. */
export type ThreadEvent = {
  id: number;
  at: number;
  /** `taken`: somebody assigned it to themselves. */
  kind:
    | 'case.opened'
    | 'case.closed'
    | 'case.reopened'
    | 'assigned'
    | 'taken'
    | 'unassigned'
    | 'answer.waived'
    | 'contact.number_changed'
    | 'contact.id_changed'
    | 'contact.device_changed'
    | 'contact.phone_held_elsewhere'
    | 'contact.merged'
    | 'contact.parted';
  actor: { kind: 'person' | 'rule' | 'customer' | 'system' | 'api'; name: string | null };
  /** The name of whom it was assigned to. */
  subject: string | null;
  /** Of a customer who changed their phone number: E.164, as far as WhatsApp told. */
  phones?: { from: string | null; to: string | null };
};

/** One page of a thread, oldest first. */
export type ThreadPage = {
  messages: ThreadMessage[];
  events: ThreadEvent[];
  /** Cursor of what lies before, or null at the beginning. */
  before: string | null;
  /** Whether something lies after it: it is not the end, where new messages come. */
  hasLater: boolean;
};
