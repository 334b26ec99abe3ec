import { isAgent, isNumberName, type NumberName } from '../shop.ts';
import type { Agent } from '../story.ts';

/** Something written in a talk of the past: by the customer, by the agent, or by the agent for the team. */
export type Line = { from: 'customer' | 'agent' | 'note'; text: string };

/** One stretch of a conversation that is over. */
export type Talk = {
  who: string;
  on: NumberName;
  daysAgo: number;
  /** Minutes since midnight, in the shop's time zone. */
  minute: number;
  by: Agent;
  isOpen: boolean;
  lines: Line[];
};

const HEAD =
  /^(?<who>[a-z]+) (?<on>[a-z]+) (?<days>\d+) (?<hour>\d\d):(?<minute>\d\d) (?<by>[a-z]+)(?<open> open)?$/;
const SIGNS: Readonly<Record<string, Line['from']>> = { '<': 'customer', '>': 'agent', '#': 'note' };

/**
 * Reads talks as they are written down, with an empty line between them. The first line of each says who wrote to
 * which number, how many days ago, when, who answered, and whether it stayed open; then `<` the customer, `>` the
 * agent and `#` a note. Throws for anything else.
 */
export function readTalks(written: string): Talk[] {
  return written.trim().split('\n\n').map(readTalk);
}

function readTalk(written: string): Talk {
  const [head = '', ...lines] = written.split('\n');
  const { who = '', on = '', days, hour, minute, by = '', open } = HEAD.exec(head)?.groups ?? {};
  if (!(isNumberName(on) && isAgent(by))) {
    throw new Error(`this is not how a talk begins: ${head}`);
  }
  return {
    who,
    on,
    daysAgo: Number(days),
    minute: Number(hour) * 60 + Number(minute),
    by,
    isOpen: open !== undefined,
    lines: lines.map(readLine),
  };
}

function readLine(written: string): Line {
  const from = SIGNS[written[0] ?? ''];
  const text = written.slice(1).trim();
  if (!(from && text)) {
    throw new Error(`this is not a line of a talk: ${written}`);
  }
  return { from, text };
}
