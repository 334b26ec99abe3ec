import type { Options } from './command.ts';

/** Raised when a line changes its meaning, so that an old server and a new program do not misunderstand each other. */
export const PROTOCOL = 1;

/** One line of JSON each way. */
export type Request = { protocol: number; command: string; options: Options; stdin: unknown };
export type Answer = { protocol: number } & ({ ok: true; result: object } | { ok: false; message: string });
