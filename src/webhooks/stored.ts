import type { Choice } from '#src/contacts/consent-told.ts';
import type { Case } from '#src/conversations/case.ts';
import type {
  contacts,
  conversations,
  identities,
  messages,
  numbers,
  outbox,
  parkedStatuses,
  reactions,
} from '#src/db/schema/inbox/index.ts';

export type KnownNumber = Pick<
  typeof numbers.$inferSelect,
  | 'id'
  | 'phoneNumberId'
  | 'wabaId'
  | 'displayPhone'
  | 'portfolioId'
  | 'startsForbiddenUntil'
  | 'heardAt'
  | 'phoneAppAt'
> & {
  /** The team that alone serves it: its new conversations are theirs. */
  teamId: number | null;
};
// What is known of a row is what intake decides by or changes: reading the rest would cost more than writing.

export type Contact = typeof contacts.$inferSelect;
export type KnownContact = Pick<
  Contact,
  'id' | 'name' | 'nameSource' | 'blockedAt' | 'mergedIntoId' | 'createdAt'
>;
export type Identity = typeof identities.$inferSelect;
/** What may change about a case that is there already. */
export type KnownCase = Pick<
  Case,
  'id' | 'conversationId' | 'closedAt' | 'closedBy' | 'reopened' | 'firstInboundAt'
>;
/** With the place of its last message in the thread; 0 before the first. */
export type KnownConversation = Pick<
  Conversation,
  | 'id'
  | 'numberId'
  | 'contactId'
  | 'mergedIntoId'
  | 'state'
  | 'snoozedUntil'
  | 'assigneeId'
  | 'teamId'
  | 'lastArrivedAt'
  | 'lastMessageId'
  | 'snippet'
  | 'lastInboundAt'
  | 'lastInboundId'
  | 'windowExpiresAt'
  | 'waitingSince'
  | 'caseId'
> & { lastOrderedAt: number };
export type Conversation = typeof conversations.$inferSelect;
export type MessageRow = typeof messages.$inferSelect;
/** What may change about a message that is there already, and what that is decided by. */
export type KnownMessage = Pick<
  MessageRow,
  | 'id'
  | 'conversationId'
  | 'numberId'
  | 'direction'
  | 'authorKind'
  | 'origin'
  | 'wamid'
  | 'type'
  | 'quotedId'
  | 'status'
  | 'statusRank'
  | 'errorCode'
  | 'error'
  | 'pricingType'
  | 'pricingCategory'
  | 'revokedAt'
> & {
  /** Of what came in this run, and of what its sender deletes. */
  content?: string;
};
/** What is known of a call, which stands among the messages. */
export type KnownCall = Pick<MessageRow, 'id' | 'orderedAt' | 'content'>;
/** A reaction of ours on its way out. */
export type KnownReaction = Pick<typeof reactions.$inferSelect, 'id' | 'messageId' | 'status' | 'error'> & {
  numberId: number;
  conversationId: number;
};
export type KnownSend = Pick<typeof outbox.$inferSelect, 'id' | 'attempt'>;
export type Parked = typeof parkedStatuses.$inferSelect;

/** What storage holds of everything that the items of a run speak of. */
export type Stored = {
  numbers: readonly KnownNumber[];
  contacts: readonly KnownContact[];
  identities: readonly Identity[];
  conversations: readonly KnownConversation[];
  /** The newest case of each of these conversations. */
  cases: readonly KnownCase[];
  /** Members who have left, of those that conversations here are assigned to. */
  gone: ReadonlySet<number>;
  messages: readonly KnownMessage[];
  calls: readonly KnownCall[];
  reactions: readonly KnownReaction[];
  sends: readonly KnownSend[];
  parked: readonly Parked[];
  /** Whether an event of this kind stands in a conversation at this moment: what is told twice is noted once. */
  isNoted(conversationId: number, kind: string, at: number): boolean;
  /** What these contacts chose about advertising, themselves and before now, the earliest first. */
  choicesOf(contactIds: readonly number[]): readonly Choice[];
  /** Whether a merge of one of these contacts with one of those was undone: then only a person merges them again. */
  isParted(some: readonly number[], others: readonly number[]): boolean;
};
