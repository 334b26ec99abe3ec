import type { Random } from '../random.ts';

/** How a conversation stands at the end. */
export type Fate = {
  state: 'open' | 'snoozed' | 'closed';
  /** Whether the customer is to have the last word. */
  waits: boolean;
  /** Index of the agent it is assigned to; null for nobody. */
  agent: number | null;
  /** How many messages it has. */
  messages: number;
  /** How long ago its last one was, seconds. */
  age: number;
};

export type Scale = { conversations: number; messages: number };

const DAY_S = 86_400;
/** What a busy shop looks like where not everybody remembers to close. */
const SHARE = { open: 0.3, snoozed: 0.02, waiting: 0.25, assigned: 0.6 };
/** A few customers write thousands of messages, most only some. */
const SKEW = 0.75;
/** What is not closed was touched lately: on average so long ago. */
const LATELY_S = 1.5 * DAY_S;
/** How far back the oldest goes. */
export const SPAN_S = 300 * DAY_S;

/** The first conversation is the longest. */
export function fatesOf({ conversations, messages }: Scale, agents: number, random: Random): Fate[] {
  const weights = Array.from({ length: conversations }, (_, rank) => (rank + 1) ** -SKEW);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spare = messages - conversations;
  const lengths = weights.map((weight) => 1 + Math.floor((spare * weight) / total));
  const missing = messages - lengths.reduce((sum, length) => sum + length, 0);
  return lengths.map((length, rank) => {
    const state = stateOf(random.next());
    return {
      state,
      waits: random.next() < SHARE.waiting,
      agent: random.next() < SHARE.assigned ? random.below(agents) : null,
      messages: length + (rank < missing ? 1 : 0),
      age: Math.min(
        SPAN_S / 2,
        state === 'closed' ? random.below(SPAN_S / 2) : Math.floor(-Math.log(1 - random.next()) * LATELY_S),
      ),
    };
  });
}

function stateOf(drawn: number): Fate['state'] {
  if (drawn < SHARE.open) {
    return 'open';
  } else {
    return drawn < SHARE.open + SHARE.snoozed ? 'snoozed' : 'closed';
  }
}
