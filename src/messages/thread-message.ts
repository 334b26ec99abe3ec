import type { ThreadFile } from '#src/attachments/thread-file.ts';
import type { authorKinds, directions, messageStatuses } from '#src/db/schema/inbox/messages.ts';
import type { TemplateContent } from '#src/templates/content.ts';
import type { Interactive } from './interactive.ts';

export type MessageStatus = (typeof messageStatuses)[number];

/** What `messages.content` holds, by kind; `text` holds what a person reads. */
export type MessageContent =
  /** Of ours: `hasPreview` lets WhatsApp show what the first link leads to. */
  | { kind: 'text'; hasPreview?: boolean }
  | {
      kind: 'media';
      media: 'image' | 'video' | 'audio' | 'document' | 'sticker';
      mime: string;
      filename?: string;
      voice?: boolean;
      animated?: boolean;
    }
  | { kind: 'location'; latitude: number; longitude: number; name?: string; address?: string; url?: string }
  | { kind: 'contacts'; contacts: SharedContact[] }
  | Interactive
  | { kind: 'button'; title: string; payload?: string }
  | { kind: 'list'; title: string; description?: string; id?: string }
  | TemplateContent
  | { kind: 'order'; catalogId?: string; items: OrderItem[] }
  /** A filled-in form. Without answers it came as something else than a form's answers, which `text` then holds. */
  | { kind: 'form'; answers: FormAnswer[]; flowToken?: string }
  /** Lines as they stand on a letter, their fields in Meta's order; and the fields by Meta's names, as received. */
  | { kind: 'address'; lines: string[]; fields?: AddressField[] }
  | CallPermission
  | Call
  /** Deleted by its sender: what it said is kept apart, with its versions. */
  | { kind: 'revoked' }
  | { kind: 'unsupported'; why?: Unsupported; metaType?: string };

/** A contact card. A `label` is what it says of an entry: `CELL`, `WORK`, `HOME`. */
export type SharedContact = {
  /** The whole of it, as it is shown. */
  name: string;
  nameParts?: NameParts;
  phones: { phone: string; waId?: string; label?: string }[];
  emails: { email: string; label?: string }[];
  organisation?: string;
  department?: string;
  position?: string;
  addresses?: SharedAddress[];
  urls?: { url: string; label?: string }[];
  /** `YYYY-MM-DD`, as Meta writes it. */
  birthday?: string;
  /** The customer answered a request for their phone number. */
  isRequested?: boolean;
  /** Its numbers are not whole, for who may not know them. Never stored. */
  isMasked?: true;
};

export type NameParts = { first?: string; middle?: string; last?: string; prefix?: string; suffix?: string };

export type SharedAddress = {
  street?: string;
  city?: string;
  state?: string;
  zip?: string;
  country?: string;
  /** As Meta writes it, in two letters. */
  countryCode?: string;
  label?: string;
};

/** `price` is that of one, in `currency` (ISO 4217 as a rule); what was not sent or makes no sense is null. */
export type OrderItem = {
  product: string;
  quantity: number | null;
  price: number | null;
  currency: string | null;
};

/** `name` is the path of the question in what Meta passed on, its parts with dots between; `label` is for people. */
export type FormAnswer = { label: string; value: string; name?: string };
export type AddressField = { name: string; value: string };

/** The customer's answer to a request to be called. */
export type CallPermission = {
  kind: 'call_permission';
  isGranted: boolean;
  /** Until when they may be called, ms. */
  until?: number;
  isPermanent?: boolean;
  /** Meta's setting answered, not a tap. */
  isAutomatic?: boolean;
};

/** A call on the number. `outcome` is `ringing` until something says how it ended. */
export type Call = {
  kind: 'call';
  outcome: 'ringing' | 'answered' | 'missed' | 'declined';
  /** Seconds spoken, when it was answered and has ended. */
  seconds?: number;
};

/** Why a message is not shown as itself; the catalogue has the words. */
export const unsupported = [
  'call_permission',
  'edit',
  'edit_withheld',
  'form',
  'history_media',
  'id_changed',
  'identity_changed',
  'interactive_withheld',
  'location_withheld',
  'no_type',
  'not_passed_on',
  'number_changed',
  'opened_chat',
  'order',
  'poll',
  'reaction',
  'revoke',
  'too_big',
  'unavailable',
  'unknown_kind',
  'unreadable',
  'view_once',
] as const;
export type Unsupported = (typeof unsupported)[number];

/** The advertisement or post through which a customer came (click to WhatsApp). Nothing of it is fetched. */
export type Referral = {
  source: 'ad' | 'post' | 'other';
  headline?: string;
  body?: string;
  /** From outside: to be opened only when somebody asks for it. */
  url?: string;
  /** Meta's id of the advertisement or post. */
  sourceId?: string;
  media?: string;
  /** Meta's id of the click, for reporting conversions. */
  clickId?: string;
  /** How the chat greeted the customer. */
  welcome?: string;
};

/** The product of a catalogue that a message is about. */
export type ProductMention = { product: string; catalogId?: string };

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
  /** `id` is null while the quoted message is not here; `wamid` is Meta's id of it. */
  quoted: {
    id: number | null;
    wamid?: string | null;
    author: string;
    excerpt: string;
    type?: string;
    isRevoked?: boolean;
    /** What it is, if it is a file. */
    media?: Pick<Extract<MessageContent, { kind: 'media' }>, 'media' | 'voice'>;
    /** The id of its file, if that has a small picture. */
    pictured?: number;
  } | null;
  /** 'none', 'once' or 'often': how Meta marked it as forwarded. */
  forwarded: 'none' | 'once' | 'often';
  referral: Referral | null;
  product: ProductMention | null;
  /** Said in a group, where an answer would not go. */
  isOfGroup: boolean;
  /** Meta's id of the group. */
  groupId?: string;
  /** From before the number was connected. */
  isPast?: true;
  /** Another program answers the customer, or has sent this. */
  isElsewhere: boolean;
  /** When its sender last changed it, or deleted it. */
  editedAt: number | null;
  revokedAt: number | null;
  wamid: string | null;
  /** What it was sent under from a page, which knows its own bubble by it. */
  key?: string;
  status: MessageStatus;
  /** The outcome is unknown and its grace is over: a person decides. */
  asks: boolean;
  error: MessageError | null;
  /** What Meta said of its price; each as far as it was said. */
  pricing?: { type: string | null; category: string | null };
  orderedAt: number;
  arrivedAt: number;
  /** It arrived more than 60 s after Meta's time of it. */
  late: boolean;
  reactions: ThreadReaction[];
  /** In their order; as a rule one. */
  files: ThreadFile[];
};

/** `by` is the contact, or the member who chose it; null when no person did. */
export type ThreadReaction = {
  side: 'in' | 'out';
  emoji: string;
  name: string;
  by: number | null;
  status: MessageStatus;
  at: number;
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
    | 'contact.parted'
    | 'contact.blocked'
    | 'contact.unblocked'
    | 'contact.block_too_late'
    | 'contact.block_failed'
    | 'contact.unblock_failed'
    | 'contact.removed_on_phone'
    | 'consent.given'
    | 'consent.withdrawn'
    | 'handover.passed'
    | 'handover.taken';
  actor: { kind: 'person' | 'rule' | 'customer' | 'system' | 'api'; name: string | null };
  /** The name of whom it was assigned to. */
  subject: string | null;
  /** Of a customer who changed their phone number: E.164, as far as WhatsApp told. */
  phones?: { from: string | null; to: string | null };
  /** Of programs that answer: by their roles, and what the one before wrote about the conversation. */
  handover?: { from: string | null; to: string | null; summary: string | null };
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
