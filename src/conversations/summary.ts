import type { messageStatuses } from '#src/db/schema/inbox/messages.ts';
import type { Call } from '#src/messages/thread-message.ts';

/** A contact as the page of one and the API show it. */
export type ContactCard = {
  id: number;
  name: string;
  /** E.164 with `+`, or null: the phone number is not the key. */
  phone: string | null;
  bsuid: string | null;
  username: string | null;
  /** When the contact was first seen. */
  createdAt: number;
};

/** One row of a conversation list: what the list and the live push are made from. */
export type ConversationSummary = {
  id: number;
  /** Of one that lists do not show: the conversation it was merged into. */
  mergedIntoId?: number;
  number: {
    id: number;
    name: string;
    displayPhone: string;
    /** Why it sends nothing, as `numbers.paused_for` holds it; absent while it does. */
    pausedFor?: string;
    /** Until when (ms) Meta lets nobody be written to first; absent while it does. */
    startsForbiddenUntil?: number;
    /** Until when (ms) Meta lets nobody be answered; absent while it does. */
    answersForbiddenUntil?: number;
    /** Texts go with a preview of their link unless their writer says otherwise. */
    hasPreviews?: true;
  };
  contact: Pick<ContactCard, 'id' | 'name' | 'createdAt'>;
  state: 'open' | 'snoozed' | 'closed';
  assignee: { id: number; name: string } | null;
  teamId: number | null;
  lastMessage: {
    id: number;
    direction: 'in' | 'out' | 'note';
    type: string;
    status: (typeof messageStatuses)[number];
    /** Deleted by its sender. */
    isRevoked?: boolean;
    /** How it ended, when it is a call. */
    call?: Call['outcome'];
    /** Recorded to be heard as a voice note, when it is a sound. */
    isVoice?: true;
  } | null;
  snippet: string;
  lastArrivedAt: number;
  lastInboundAt: number | null;
  lastInboundId: number | null;
  windowExpiresAt: number | null;
  /** Since when the customer waits; null when answered. */
  waitingSince: number | null;
  /** The newest message this viewer has read; null when none, or in a push, which is no one's. */
  readMessageId: number | null;
  /** The business has blocked the customer; absent otherwise. */
  isBlocked?: true;
  /** The beginning of what this viewer has begun to write; absent when nothing, and in a push. */
  draft?: string;
};

/** With all that its contact is called: what a list does not show, but the panel of one and the API do. */
export type IdentifiedSummary = ConversationSummary & { contact: ContactCard };
