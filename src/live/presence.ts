import type { LiveAccount } from './account.ts';
import { passingFrame } from './frame.ts';
import { renderPresence } from './render.tsx';
import type { LiveSocket } from './socket.ts';

/** How long a sign of somebody holds: pages say it again in less. */
export const VIEWING_MS = 30_000;
export const WRITING_MS = 6_000;
const LOOK_EVERY_MS = 1_000;

/** Somebody who is in a conversation right now. */
export type Present = { userId: number; name: string; does: 'viewing' | 'writing' };

/**
 * Who is in the same conversation. Nothing of it is stored: signs stand on the sockets, and fade. Everybody who
 * has the conversation open is told when it changes, each about the others.
 */
export type Presence = {
  /** A sign from this tab about the conversation it has joined; viewing also says that it writes no more. */
  sign(account: LiveAccount, socket: LiveSocket, does: Present['does']): void;
  /** Tells who has this conversation open, if it is not what they know. */
  tell(account: LiveAccount, conversationId: number | null): void;
  /** Tells a tab that has just joined. */
  greet(account: LiveAccount, socket: LiveSocket): void;
  stop(): void;
};

export function createPresence(allAccounts: () => LiveAccount[], now: () => number): Presence {
  // Signs fade in silence, so somebody has to look.
  const looking = setInterval(() => {
    for (const account of allAccounts()) {
      for (const conversationId of account.presence.keys()) {
        tell(account, conversationId);
      }
    }
  }, LOOK_EVERY_MS);
  looking.unref();

  function tell(account: LiveAccount, conversationId: number | null): void {
    if (conversationId === null) {
      return;
    }
    const present = presentIn(account, conversationId, now());
    const told = JSON.stringify(present);
    if (told === (account.presence.get(conversationId) ?? '[]')) {
      return;
    }
    if (present.length === 0) {
      account.presence.delete(conversationId);
    } else {
      account.presence.set(conversationId, told);
    }
    for (const socket of socketsIn(account, conversationId)) {
      send(socket, conversationId, present);
    }
  }

  return {
    sign(account, socket, does) {
      const { conversationId } = socket;
      if (conversationId !== null) {
        const at = now();
        const writingUntil = does === 'writing' ? at + WRITING_MS : 0;
        socket.here = { conversationId, viewingUntil: at + VIEWING_MS, writingUntil };
        tell(account, conversationId);
      }
    },
    tell,
    greet(account, socket) {
      const { conversationId } = socket;
      const present = conversationId === null ? [] : presentIn(account, conversationId, now());
      if (conversationId !== null && present.length > 0) {
        send(socket, conversationId, present);
      }
    },
    stop: () => clearInterval(looking),
  };
}

/** Each member once, however many tabs they have there, in an order that stays. */
function presentIn(account: LiveAccount, conversationId: number, now: number): Present[] {
  const present = new Map<number, Present>();
  for (const { here, viewer } of socketsIn(account, conversationId)) {
    if (here?.conversationId === conversationId && here.viewingUntil > now) {
      const isWriting = here.writingUntil > now || present.get(viewer.userId)?.does === 'writing';
      const { userId, name } = viewer;
      present.set(userId, { userId, name, does: isWriting ? 'writing' : 'viewing' });
    }
  }
  return [...present.values()].sort((a, b) => a.userId - b.userId);
}

function socketsIn({ sockets }: LiveAccount, conversationId: number): LiveSocket[] {
  return [...sockets].filter((socket) => socket.conversationId === conversationId && !socket.isEnded);
}

function send({ wire, viewer }: LiveSocket, conversationId: number, present: readonly Present[]): void {
  const others = present.filter(({ userId }) => userId !== viewer.userId);
  wire.send(passingFrame({ content: renderPresence(conversationId, others) }));
}
