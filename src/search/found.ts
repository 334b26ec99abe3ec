import type { ConversationState } from '#src/conversations/filter.ts';
import type { authorKinds, directions } from '#src/db/schema/inbox/messages.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { ParsedQuery } from './parse-query.ts';

export const orders = ['newest', 'best'] as const;
export type Order = (typeof orders)[number];
export type Direction = (typeof directions)[number];

/** What narrows a search besides its words. */
export type Narrowing = {
  numberId?: number | undefined;
  /** A member's id, or `none` for conversations that nobody has taken. */
  assignee?: number | 'none' | undefined;
  directions?: readonly Direction[] | undefined;
  /** When it was said, in milliseconds: from this moment on, and before that one. */
  from?: number | undefined;
  before?: number | undefined;
};

/** How much of a text is shown: in all, and before the first hit. */
export type Extent = { length: number; before: number };

/** One page of a search, as the reading thread is asked for it. */
export type Wanted = {
  query: Extract<ParsedQuery, { kind: 'terms' }>;
  narrowing: Narrowing;
  order: Order;
  /** How many contacts, 0 for none; and how many messages. */
  contacts: number;
  messages: number;
  /** What `next` was: messages with this id or a lower one, or in the order `best`, how many to leave out. */
  after: number | null;
  extent: Extent;
  viewer: Viewer;
};

/** A piece of a text, and whether it is what was searched for. */
export type Piece = { text: string; isHit: boolean };

/** Where something that was found belongs. */
export type Place = {
  /** The conversation that shows it: of two that were merged, the surviving one. */
  id: number;
  state: ConversationState;
  assigneeId: number | null;
  windowExpiresAt: number | null;
  number: { id: number; name: string };
  /** Whom a merged contact now is. */
  contact: { id: number; name: string; isBlocked: boolean };
};

export type FoundMessage = {
  id: number;
  conversation: Place;
  direction: Direction;
  author: { kind: (typeof authorKinds)[number]; name: string };
  type: string;
  text: string;
  excerpt: Piece[];
  /** The name of what is attached to it. */
  file: Piece[] | null;
  /** Meta's time of what came in, ours of what went out. */
  at: number;
};

export type FoundContact = {
  /** Their newest conversation on one number. */
  conversation: Place;
  phone: string | null;
  bsuid: string | null;
  username: string | null;
  lastArrivedAt: number;
};

export type Found = {
  contacts: FoundContact[];
  /** False: there may be more contacts than these. */
  areAllContacts: boolean;
  messages: FoundMessage[];
  /** Where the next page begins; null at the end. */
  next: number | null;
  /** False: looking was given up at `next`, before the page was full; there may be more. */
  isComplete: boolean;
  /** Messages said before this are still being made searchable; null when all are. */
  preparingBefore: number | null;
};
