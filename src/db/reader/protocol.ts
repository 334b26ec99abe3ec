/** What an account's database is asked; each job's name and the shape of its answer. */
export type Answers = {
  count: { conversations: number; messages: number };
};
export type Job = keyof Answers;

/** The key travels with each request, so that a waiting thread holds none. */
export type ReaderRequest = { id: number; job: Job; database: { path: string; key: string } };

export type ReaderAnswer =
  | { id: number; ok: true; answer: Answers[Job] }
  | { id: number; ok: false; error: string };

/** Said once, by a thread that listens now: what was posted to it before is lost. */
export const READY = 'ready';

/** Said to a thread that is to end when it has answered what came before. */
export const END = 'end';
