import type { Kind } from './kind.ts';
import { messages } from './messages.ts';
import { others } from './others.ts';
import { reaction, statuses } from './statuses.ts';

/** One change of every kind that the platform sends, with invented people. */
export const kinds: readonly Kind[] = [...messages, reaction, ...statuses, ...others];
