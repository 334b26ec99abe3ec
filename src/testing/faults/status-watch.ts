import { expect } from 'bun:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient, ApiMessage } from './api-client.ts';

/** A message's way out; a status is never followed by one before it. */
const WAY = ['queued', 'sending', 'unknown', 'accepted', 'sent', 'delivered', 'read'];

/** So that looking on is not what the server does most. */
const BETWEEN_MS = 10;

/** Where a status is on the way; −1 for one that strays from it. */
export function stepOf(status: string): number {
  return WAY.indexOf(status);
}

export type StatusWatch = {
  /** Reads one conversation after the other, again and again, until the server is gone. */
  look(api: ApiClient): { stop(): Promise<void> };
  /** How often a message was seen further on than before. */
  moves(): number;
};

/** Remembers how far every message was seen to be, over any number of servers. */
export function createStatusWatch(): StatusWatch {
  const furthest = new Map<number, number>();
  let moves = 0;

  function note({ id, status }: ApiMessage): void {
    const before = furthest.get(id) ?? 0;
    const step = stepOf(status);
    expect({ id, status, isForward: step >= before }).toEqual({ id, status, isForward: true });
    moves += step > before ? 1 : 0;
    furthest.set(id, step);
  }

  async function readAll(api: ApiClient, isStopped: () => boolean): Promise<void> {
    const conversations = await api.conversations().catch(() => []);
    for (let n = 0; conversations.length > 0 && !isStopped(); n++) {
      const messages = await api.messages(conversations[n % conversations.length]?.id ?? 0).catch(() => null);
      if (messages === null) {
        return;
      }
      messages.filter(({ direction }) => direction === 'out').forEach(note);
      await pause(BETWEEN_MS);
    }
  }

  return {
    moves: () => moves,
    look(api) {
      let stopped = false;
      const looking = readAll(api, () => stopped);
      return {
        async stop() {
          stopped = true;
          await looking;
        },
      };
    },
  };
}
