import type { Agent } from '../story.ts';
import type { Line, Talk } from './read-talks.ts';

type Said = { text: string; at: number };

/** What the customer wrote in one go, and what the team did about it; `closesAt` ends the case. */
export type Turn = {
  by: Agent;
  said: Said[];
  done: (Said & { from: 'agent' | 'note' })[];
  closesAt: number | null;
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The shop is in Harare, two hours before Greenwich all year. */
const OFFSET = 2 * 60 * MINUTE;
const UNTIL_CLOSED = 20 * MINUTE;

/** A talk with its moments (ms): as many days before `now` as it says, its lines a few minutes apart. */
export function turnsOf({ daysAgo, minute, by, isOpen, lines }: Talk, now: number): Turn[] {
  const midnight = Math.floor((now + OFFSET) / DAY) * DAY - OFFSET;
  let at = midnight - daysAgo * DAY + minute * MINUTE;
  const turns: Turn[] = [];
  for (const line of lines) {
    at += pauseBefore(line);
    let turn = turns.at(-1);
    if (!turn || (line.from === 'customer' && turn.done.length > 0)) {
      turn = { by, said: [], done: [], closesAt: null };
      turns.push(turn);
    }
    if (line.from === 'customer') {
      turn.said.push({ text: line.text, at });
    } else {
      turn.done.push({ from: line.from, text: line.text, at });
    }
  }
  const last = turns.at(-1);
  if (last && !isOpen) {
    last.closesAt = at + UNTIL_CLOSED;
  }
  return turns;
}

/** Longer lines take longer; the same line always as long. */
function pauseBefore({ from, text }: Line): number {
  return (from === 'customer' ? 1 + (text.length % 4) : 2 + (text.length % 7)) * MINUTE;
}
