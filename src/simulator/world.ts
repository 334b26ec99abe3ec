import { setBounded } from './bounded.ts';
import type { Delivery } from './deliveries.ts';
import type { NumberState, Numbers } from './numbers.ts';
import type { Person } from './people.ts';
import type { GraphRequest, SentMessage, Waiters } from './sent.ts';
import type { StatusBuffer } from './statuses.ts';
import { createThread, type Thread, threadKey } from './threads.ts';
import type { Weather } from './trouble.ts';

/** Where a wamid belongs: reads, quotes and reactions are checked against it. */
export type KnownMessage = { thread: Thread; type: string; from: 'customer' | 'business'; at: number };

/** Everything the simulator knows. In memory only, and bounded. */
export type World = {
  now: () => number;
  delays: { sent: number; delivered: number };
  portfolioId: string;
  kept: number;
  numbers: Numbers;
  people: Map<string, Person>;
  /** The same people by phone (with +) and by BSUID: what a send can name. */
  directory: Map<string, Person>;
  threads: Map<string, Thread>;
  known: Map<string, KnownMessage>;
  sent: SentMessage[];
  requests: GraphRequest[];
  deliveries: Delivery[];
  waiters: Waiters;
  weather: Weather;
  statuses: StatusBuffer;
  /** Moments of the last sends, by number and by pair: what the rate limits count. */
  pace: { numbers: Map<string, number[]>; pairs: Map<string, { credit: number; at: number }> };
  /** Delivered service messages by number and month: the first thousand are free. */
  freeTier: Map<string, number>;
  /** Open phone pages. Without a thread, something changed that all of them show. */
  listeners: Set<(thread: Thread | null) => void>;
  /** Work that is under way: posts, retries, delayed statuses. */
  underWay: Set<Promise<unknown>>;
  stopping: AbortController;
};

export function findThread(world: World, phoneNumberId: string, person: Person): Thread {
  const key = threadKey(phoneNumberId, person.waId);
  const thread = world.threads.get(key) ?? createThread(phoneNumberId, person);
  world.threads.set(key, thread);
  return thread;
}

export function remember(world: World, wamid: string, message: KnownMessage): void {
  setBounded(world.known, wamid, message, world.kept * 4);
}

export function announce(world: World, thread: Thread): void {
  for (const listener of world.listeners) {
    listener(thread);
  }
}

export function announceAll(world: World): void {
  for (const listener of world.listeners) {
    listener(null);
  }
}

/** The number by its id. For callers inside the process, so a wrong id is a mistake in the test. */
export function numberOf(world: World, phoneNumberId: string): NumberState {
  const number = world.numbers.get(phoneNumberId);
  if (!number) {
    throw new Error(`The simulator has no number ${phoneNumberId}: call addNumber first`);
  }
  return number;
}

/** Lets `settled` wait for work that nobody awaits. Failures are the work's own to record. */
export function track(world: World, work: Promise<unknown>): void {
  const quiet = work.catch(() => undefined).finally(() => world.underWay.delete(quiet));
  world.underWay.add(quiet);
}
