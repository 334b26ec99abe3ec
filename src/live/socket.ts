import type { Inbox } from '#src/db/inbox.ts';
import type { Session, Sign } from '#src/sessions/find-session.ts';
import { type PersonViewer, type Scope, scopesOf, topicOf, variantOf } from './topics.ts';

/** Who is this far behind is closed and catches up by replay, instead of filling our memory. */
const TOO_FAR_BEHIND = 1024 * 1024;

/** What is needed of Bun's socket. */
export type Wire = {
  subscribe(topic: string): void;
  unsubscribe(topic: string): void;
  /** Bun compresses what is published by itself, and what is sent to one socket only when told so. */
  send(data: string, isCompressed?: boolean): unknown;
  close(code: number, reason: string): void;
  getBufferedAmount(): number;
};

/** Elysia's type of Bun's socket leaves out that it can say how much has not left yet. */
export function isWire(raw: Omit<Wire, 'getBufferedAmount'>): raw is Wire {
  return 'getBufferedAmount' in raw && typeof raw.getBufferedAmount === 'function';
}

/** Why a socket is closed, for the page: htmx connects again after all but the last. */
export const closings = {
  restart: [1012, 'the server restarts'],
  slow: [1013, 'too far behind'],
  signedOut: [4401, 'signed out'],
} as const;

type LiveSession = Pick<Session, 'viewer' | 'endsAt'>;

/** One tab of somebody's. */
export type LiveSocket = {
  readonly wire: Wire;
  /** Open as long as the socket is: it holds a pin on the account. */
  readonly inbox: Inbox;
  /** The session it came with, as it is now; null once that is over. `use` says that the person did something. */
  readonly recheck: (sign: Sign) => Promise<LiveSession | null>;
  readonly topics: Set<string>;
  viewer: PersonViewer;
  /** The conversation that the page shows, as it says. */
  asked: number | null;
  /** The conversation that it has joined: the one asked for, while its viewer may see it. */
  conversationId: number | null;
  /** The last sign that somebody sits before it, and in which conversation. */
  here: { conversationId: number; viewingUntil: number; writingUntil: number } | null;
  /** When the session was last found alive, and until when it is so unless it is used before. */
  checkedAt: number;
  endsAt: number;
  isEnded: boolean;
};

export function endIfSlow(socket: LiveSocket): void {
  if (socket.wire.getBufferedAmount() > TOO_FAR_BEHIND) {
    end(socket, 'slow');
  }
}

export function end(socket: LiveSocket, why: keyof typeof closings): void {
  const [code, reason] = closings[why];
  socket.isEnded = true;
  for (const topic of socket.topics) {
    socket.wire.unsubscribe(topic);
  }
  socket.topics.clear();
  socket.wire.close(code, reason);
}

/** Joins the topics of this viewer and this conversation, and leaves all others; one that was ended stays so. */
export function subscribe(socket: LiveSocket, viewer: PersonViewer, conversationId: number | null): void {
  if (socket.isEnded) {
    return;
  }
  const open: Scope[] = conversationId === null ? [] : [`conversation:${conversationId}`];
  const scopes = [...scopesOf(viewer), ...open];
  const wanted = new Set(scopes.map((scope) => topicOf(viewer.accountId, scope, variantOf(viewer))));
  for (const topic of socket.topics) {
    if (!wanted.has(topic)) {
      socket.topics.delete(topic);
      socket.wire.unsubscribe(topic);
    }
  }
  for (const topic of wanted) {
    if (!socket.topics.has(topic)) {
      socket.topics.add(topic);
      socket.wire.subscribe(topic);
    }
  }
  socket.viewer = viewer;
  socket.conversationId = conversationId;
}
