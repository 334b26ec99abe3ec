import type { Random } from '../random.ts';
import type { Fate } from './fates.ts';

/** What is told, and by whom. */
export type Telling = {
  numberId: number;
  /** User ids; a fate's agent is an index in them. */
  agents: readonly number[];
  nextId(): number;
  random: Random;
};

/** A conversation so far. */
export type Thread = {
  index: number;
  fate: Fate;
  id: number;
  contactId: number;
  left: number;
  caseId: number;
  openedAt: number;
  firstReplyAt: number | null;
  lastMessageId: number;
  snippet: string;
  lastInboundAt: number;
  lastInboundId: number;
  waitingSince: number | null;
};

/** Who answers in a conversation: whom it is assigned to, else always the same one. */
export function agentOf({ agents }: Telling, { index, fate }: Thread): number {
  return agents[fate.agent ?? index % agents.length] ?? 0;
}
