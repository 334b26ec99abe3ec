import type { Found, Wanted } from '#src/search/found.ts';

/** What an account's database is asked; each job's name, what it is given, and the shape of its answer. */
export type Jobs = {
  count: { input: null; answer: { conversations: number; messages: number } };
  search: { input: Wanted; answer: Found };
};
export type Job = keyof Jobs;
export type Input<J extends Job> = Jobs[J]['input'];
export type Answer<J extends Job> = Jobs[J]['answer'];

/** The key travels with each request, and stays in the thread only as long as the database is open there. */
export type Place = { path: string; key: string };

export type ReaderRequest =
  | { id: number; do: 'read'; job: Job; input: Input<Job>; database: Place }
  /** Closes what was kept open for the next request. */
  | { id: number; do: 'let go'; path: string };

export type ReaderAnswer =
  | { id: number; ok: true; answer: Answer<Job> | null }
  /** The database was let go of before this was said. `code`: SQLite's name of it, with its extension, if it has one. */
  | { id: number; ok: false; error: string; code: string | null };

/** Said once, by a thread that listens now: what was posted to it before is lost. */
export const READY = 'ready';

/** Said to a thread that is to end when it has answered what came before. */
export const END = 'end';
