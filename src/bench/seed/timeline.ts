import type { Random } from '../random.ts';
import { type Fate, SPAN_S } from './fates.ts';

/** One message of the past. */
export type Moment = {
  /** Seconds after the beginning of the timeline. */
  second: number;
  /** Index of the conversation. */
  conversation: number;
  isOut: boolean;
  /** First or last of one stretch of talk, which is a case. */
  isFirst: boolean;
  isLast: boolean;
};

/** Moments packed into numbers that sort by time: millions of objects would take gigabytes. */
export type Timeline = { moments: Float64Array /** Milliseconds since 1970. */; beginning: number };

const CONVERSATIONS = 2 ** 20;
const FLAGS = 8;
const OUT = 1;
const FIRST = 2;
const LAST = 4;

/** Beyond the span: many messages in one second are moved apart, backwards. */
const SLACK_S = 86_400;
const LONGEST_TALK = 8;
const LONGEST_PAUSE_S = 120;

/** Lays every conversation's messages into the past: talks of a few messages, with long pauses between. */
export function layOut(fates: readonly Fate[], now: number, random: Random): Timeline {
  const moments = new Float64Array(fates.reduce((sum, fate) => sum + fate.messages, 0));
  let filled = 0;
  for (const [conversation, fate] of fates.entries()) {
    for (const { ago, flags } of momentsOf(fate, random)) {
      const second = SPAN_S + SLACK_S - ago;
      moments[filled++] = (second * CONVERSATIONS + conversation) * FLAGS + flags;
    }
  }
  return { moments: moments.sort(), beginning: now - (SPAN_S + SLACK_S) * 1000 };
}

/** From the last message backwards, each at least a second before the one after it. */
function momentsOf(fate: Fate, random: Random): { ago: number; flags: number }[] {
  const talks = splitIntoTalks(fate.messages, random);
  const room = SPAN_S - fate.age - fate.messages;
  const between = room / (talks.length + 1);
  const found: { ago: number; flags: number }[] = [];
  let ago = fate.age;
  for (const [index, length] of talks.entries()) {
    const start = fate.age + Math.floor((index + random.next() * 0.6) * between);
    ago = index === 0 ? fate.age : Math.max(ago + 1, start);
    for (let place = length - 1; place >= 0; place--) {
      found.push({ ago, flags: flagsOf(fate, { place, length, isNewest: index === 0 }, random) });
      ago += 1 + random.below(Math.min(LONGEST_PAUSE_S, Math.max(1, between / length)));
    }
  }
  return found;
}

type Place = { place: number; length: number; isNewest: boolean };

/** A customer begins; the end of the newest talk is as its fate says. */
function flagsOf({ state, waits }: Fate, { place, length, isNewest }: Place, random: Random): number {
  const isFirst = place === 0;
  const isLast = place === length - 1;
  const isDecided = isNewest && isLast && state !== 'closed';
  const isOut = !isFirst && (isDecided ? !waits : random.next() < 0.5);
  return (isOut ? OUT : 0) + (isFirst ? FIRST : 0) + (isLast ? LAST : 0);
}

function splitIntoTalks(messages: number, random: Random): number[] {
  const talks: number[] = [];
  for (let left = messages; left > 0; left -= talks.at(-1) ?? left) {
    talks.push(Math.min(left, 2 + random.below(LONGEST_TALK - 1)));
  }
  return talks;
}

export function readMoment(packed: number): Moment {
  const flags = packed % FLAGS;
  const rest = Math.floor(packed / FLAGS);
  return {
    second: Math.floor(rest / CONVERSATIONS),
    conversation: rest % CONVERSATIONS,
    isOut: (flags & OUT) !== 0,
    isFirst: (flags & FIRST) !== 0,
    isLast: (flags & LAST) !== 0,
  };
}
