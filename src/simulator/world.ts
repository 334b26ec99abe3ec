import { setBounded } from './bounded.ts';
import type { Delivery } from './deliveries.ts';
import { emptyStore, type MediaStore } from './media/store.ts';
import type { NumberState, Numbers, SimulatedNumber } from './numbers.ts';
import type { Person } from './people.ts';
import type { PhoneApp } from './phone-app.ts';
import type { GraphRequest, SentMessage, Waiters } from './sent.ts';
import type { StatusBuffer } from './statuses.ts';
import type { TemplateStore } from './templates/store.ts';
import { createThread, type Thread, threadKey } from './threads.ts';
import { fairWeather, type Weather } from './trouble.ts';

/** Where a wamid belongs: reads, quotes and reactions are checked against it. */
export type KnownMessage = { thread: Thread; type: string; from: 'customer' | 'business'; at: number };

/** The inbox beside the phone, for what only it can do. */
export type InboxSide = {
  /** Where "Open the inbox" leads. */
  url: string;
  /** Where everything can be begun anew. */
  startOverUrl: string;
  /** Hands the owner of a number its new token; until then the inbox sends nothing from that number. */
  renewToken(number: SimulatedNumber): Promise<void>;
};

/** Everything the simulator knows. In memory only, and bounded. */
export type World = {
  /** The Graph API's origin, for addresses of files. Empty until it listens. */
  graphUrl: string;
  now: () => number;
  delays: { sent: number; delivered: number };
  portfolioId: string;
  kept: number;
  /** Of the customers' phones. */
  timeZone: string;
  numbers: Numbers;
  /** By Meta's id of the number: those that the WhatsApp Business app on a phone has, too. */
  phoneApps: Map<string, PhoneApp>;
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
  inbox: InboxSide | null;
  statuses: StatusBuffer;
  media: MediaStore;
  templates: TemplateStore;
  nextTemplateId: number;
  /** Moments of the last sends, by number and by pair: what the rate limits count. */
  pace: { numbers: Map<string, number[]>; pairs: Map<string, { credit: number; at: number }> };
  /** Delivered service messages by number and month: the first thousand are free. */
  freeTier: Map<string, number>;
  /** Threads whose customer the business has blocked. */
  blocked: Set<string>;
  /** Open phone pages. Without a thread, something changed that all of them show. */
  listeners: Set<(thread: Thread | null) => void>;
  /** Work that is under way: posts, retries, delayed statuses. */
  underWay: Set<Promise<unknown>>;
  stopping: AbortController;
};

/** The same settings for a new world and for one that begins again. */
export type WorldOptions = {
  now?: () => number;
  statusDelays?: Partial<World['delays']>;
  portfolioId?: string;
  kept?: number;
  /** What the clocks of the phones show; UTC unless told otherwise. */
  timeZone?: string;
};

export function createWorld(options: WorldOptions): World {
  return {
    graphUrl: '',
    now: options.now ?? Date.now,
    delays: { sent: 0, delivered: 0, ...options.statusDelays },
    portfolioId: options.portfolioId ?? 'portfolio',
    kept: options.kept ?? 5000,
    timeZone: options.timeZone ?? 'UTC',
    inbox: null,
    numbers: new Map(),
    phoneApps: new Map(),
    people: new Map(),
    directory: new Map(),
    threads: new Map(),
    known: new Map(),
    sent: [],
    requests: [],
    deliveries: [],
    waiters: new Set(),
    weather: fairWeather(),
    statuses: noStatuses(),
    media: emptyStore(),
    templates: new Map(),
    nextTemplateId: 1_394_800_000_000_001,
    pace: { numbers: new Map(), pairs: new Map() },
    freeTier: new Map(),
    blocked: new Set(),
    listeners: new Set(),
    underWay: new Set(),
    stopping: new AbortController(),
  };
}

/** Forgets everything but the settings and who listens. What was under way has ended. */
export function emptyWorld(world: World): void {
  const { numbers, phoneApps, people, directory, threads, known, media, templates, pace, freeTier } = world;
  for (const map of [
    numbers,
    phoneApps,
    people,
    directory,
    threads,
    known,
    media.files,
    templates,
    pace.numbers,
    pace.pairs,
    freeTier,
  ]) {
    map.clear();
  }
  world.blocked.clear();
  // The lists stay the same ones: they were handed out.
  for (const list of [world.sent, world.requests, world.deliveries, media.uploads]) {
    list.length = 0;
  }
  world.weather = fairWeather();
  world.statuses = noStatuses();
  world.stopping = new AbortController();
}

function noStatuses(): StatusBuffer {
  return { paused: false, shuffled: false, waiting: [], flushing: false };
}

export function findThread(world: World, phoneNumberId: string, person: Person): Thread {
  const key = threadKey(phoneNumberId, person.waId);
  const thread = world.threads.get(key) ?? createThread(phoneNumberId, person);
  world.threads.set(key, thread);
  return thread;
}

/** Everybody, those who wrote or were written to last first. */
export function peopleByLastMessage({ people, threads }: World): Person[] {
  const last = new Map<Person, number>();
  for (const { person, messages } of threads.values()) {
    last.set(person, Math.max(last.get(person) ?? 0, messages.at(-1)?.at ?? 0));
  }
  return [...people.values()].sort((one, other) => (last.get(other) ?? 0) - (last.get(one) ?? 0));
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
