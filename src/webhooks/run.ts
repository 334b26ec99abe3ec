import type { Hint } from '#src/attachments/fetch-account.ts';
import type { ConsentRow } from '#src/contacts/consent-receive.ts';
import type { Case } from '#src/conversations/case.ts';
import type { Holder } from '#src/conversations/visible.ts';
import type {
  attachments,
  attempts,
  events,
  files,
  historyChunks,
  merges,
  reactions,
  statuses,
} from '#src/db/schema/inbox/index.ts';
import type { Rewritten } from '#src/messages/receive-rewriting.ts';
import type { AccountEventRow } from '#src/numbers/take-account-event.ts';
import type { UseRow } from '#src/numbers/use-count.ts';
import type { ArrivedTemplateEvent } from '#src/templates/apply-event.ts';
import { createDraft, type Draft } from './draft.ts';
import { openParkedBook, type ParkedBook } from './parked-book.ts';
import type {
  Contact,
  Conversation,
  Identity,
  KnownCall,
  KnownCase,
  KnownContact,
  KnownConversation,
  KnownMessage,
  KnownNumber,
  KnownReaction,
  KnownSend,
  MessageRow,
  Stored,
} from './stored.ts';

/** Which install and account this is, and where ids come from. */
export type Origin = { installId: string; accountId: number; nextId(): number };

/** With which journal row something came, and when (our clock, ms). `isRawKept`: an item before it keeps the raw change. */
export type Arrival = { journalId: number; at: number; raw: Uint8Array; isRawKept?: boolean };

/**
 * Everything that some journalled items do to an inbox, worked out in memory in their order
 * and then written as one batch. Nothing of it is stored before that.
 */
export type Run = Origin & {
  /** By Meta's id of the number. */
  numbers: Draft<KnownNumber>;
  /** By group: a contact and those merged into it. */
  contacts: Draft<KnownContact, Contact>;
  /** Current ones by `identityKey`, retired ones by `retiredKey`, in every scope; all of a contact by group. */
  identities: Draft<Identity>;
  /** By `pairKey`; by group: a conversation and those merged into it. */
  conversations: Draft<KnownConversation, Conversation & KnownConversation>;
  /** The newest of a conversation by its id. */
  cases: Draft<KnownCase, Case>;
  /** By `wamidKey`. */
  messages: Draft<KnownMessage, MessageRow>;
  /** Those among the messages. */
  calls: Draft<KnownCall>;
  reactions: Draft<KnownReaction>;
  sends: Draft<KnownSend>;
  parked: ParkedBook;
  /** Members who have left. */
  gone: ReadonlySet<number>;
  isNoted: Stored['isNoted'];
  choicesOf: Stored['choicesOf'];
  isParted: Stored['isParted'];
  made: Made;
};

/** Rows that are only ever added, or merged in by their key. */
export type Made = {
  events: (typeof events.$inferInsert)[];
  files: (typeof files.$inferInsert)[];
  attachments: (typeof attachments.$inferInsert)[];
  /** Where some of the files are for the next minutes, as the webhook says. Not stored. */
  hints: Hint[];
  statuses: (typeof statuses.$inferInsert)[];
  reactions: (typeof reactions.$inferInsert)[];
  /** What senders did to their messages, in the order it came. */
  rewritings: Rewritten[];
  attempts: (typeof attempts.$inferInsert)[];
  merges: (typeof merges.$inferInsert)[];
  consents: ConsentRow[];
  /** Messages that are charged for, by what and where they are charged as. */
  use: Map<string, UseRow>;
  historyChunks: (typeof historyChunks.$inferInsert)[];
  /** Conversations in which somebody answers on the phone: who waits there is worked out anew. */
  answeredOnPhone: Set<number>;
  /** Answers from the phone that may be the first of their case. */
  firstReplies: { caseId: number; at: number }[];
  /** What Meta said about numbers and the business account. */
  accountEvents: AccountEventRow[];
  /** What Meta said about templates. */
  templateEvents: ArrivedTemplateEvent[];
  /** Messages that were not delivered for something about their template. */
  refusedTemplates: number;
  /** Conversations that lists show no more, since another one stands for them: where they were. */
  hidden: (Holder & { id: number; intoId: number })[];
  /** Sends that a status has settled. */
  settled: Set<number>;
  /** Journal rows whose raw change goes along with an unsupported message. */
  rawKept: Set<number>;
  /** Messages whose quoted message has arrived: the quoting one's id, then the quoted one's. */
  quotes: Map<number, number>;
  /** Conversations in which an answer failed. */
  failedAnswers: Set<number>;
  /** Answers that had failed, and arrived after all. */
  recoveredAnswers: Set<number>;
  /** Which contacts a journal row speaks of. */
  mentions: Map<string, { journalId: number; contactId: number }>;
  /** What changed on screens, by conversation. */
  touched: Map<number, Touched>;
};

type Touched = { messages: Set<number>; events: Set<number>; left: Holder[]; redraw: boolean };

export function beginRun(stored: Stored, origin: Origin): Run {
  return {
    ...origin,
    numbers: createDraft(stored.numbers, { key: (row) => row.phoneNumberId }),
    contacts: createDraft(stored.contacts, { group: (row) => row.mergedIntoId ?? row.id }),
    identities: createDraft(stored.identities, {
      key: (row) => (row.retiredAt === null ? identityKey(row) : retiredKey(row)),
      group: (row) => row.contactId,
    }),
    conversations: createDraft(stored.conversations, {
      key: (row) => pairKey(row.numberId, row.contactId),
      group: (row) => row.mergedIntoId ?? row.id,
    }),
    cases: createDraft(stored.cases, { key: (row) => String(row.conversationId) }),
    messages: createDraft(stored.messages, {
      key: (row) => (row.wamid === null ? null : wamidKey(row.numberId, row.wamid)),
    }),
    calls: createDraft(stored.calls),
    reactions: createDraft(stored.reactions),
    sends: createDraft(stored.sends),
    parked: openParkedBook(stored.parked),
    gone: stored.gone,
    isNoted: stored.isNoted,
    choicesOf: stored.choicesOf,
    isParted: stored.isParted,
    made: {
      events: [],
      files: [],
      attachments: [],
      hints: [],
      statuses: [],
      reactions: [],
      rewritings: [],
      attempts: [],
      merges: [],
      accountEvents: [],
      templateEvents: [],
      refusedTemplates: 0,
      consents: [],
      use: new Map(),
      historyChunks: [],
      answeredOnPhone: new Set(),
      firstReplies: [],
      hidden: [],
      settled: new Set(),
      rawKept: new Set(),
      quotes: new Map(),
      failedAnswers: new Set(),
      recoveredAnswers: new Set(),
      mentions: new Map(),
      touched: new Map(),
    },
  };
}

export function identityKey({ kind, value }: Pick<Identity, 'kind' | 'value'>): string {
  return `${kind} ${value}`;
}

export function retiredKey(identity: Pick<Identity, 'kind' | 'value'>): string {
  return `was ${identityKey(identity)}`;
}

export function pairKey(numberId: number, contactId: number): string {
  return `${numberId} ${contactId}`;
}

export function wamidKey(numberId: number, wamid: string): string {
  return `${numberId} ${wamid}`;
}

/** Takes note that a journal row speaks of a contact, so that erasing the contact finds the row. */
export function mention(run: Run, arrival: Arrival, contactId: number): void {
  const { journalId } = arrival;
  run.made.mentions.set(`${journalId} ${contactId}`, { journalId, contactId });
}

/** Takes note of what screens have to show anew. */
export function touch(
  run: Run,
  conversationId: number,
  what: { message?: number; event?: number; left?: Holder; redraw?: true },
): void {
  const touched = run.made.touched.get(conversationId) ?? {
    messages: new Set(),
    events: new Set(),
    left: [],
    redraw: false,
  };
  touched.redraw ||= what.redraw ?? false;
  run.made.touched.set(conversationId, touched);
  if (what.message !== undefined) {
    touched.messages.add(what.message);
  }
  if (what.event !== undefined) {
    touched.events.add(what.event);
  }
  if (what.left !== undefined) {
    touched.left.push(what.left);
  }
}

const HEARD_EVERY_MS = 60_000;

/** The number a change names; it was routed to this account by it, so it is here or the change cannot be taken in. */
export function hearFrom(run: Run, phoneNumberId: string, arrival: Arrival): KnownNumber {
  const number = run.numbers.find(phoneNumberId);
  if (!number) {
    throw new Error('the number of this change is not connected to the account');
  }
  if (arrival.at - (number.heardAt ?? 0) >= HEARD_EVERY_MS) {
    run.numbers.change(number.id, { heardAt: arrival.at });
  }
  return number;
}
