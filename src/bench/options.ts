import { parseArgs } from 'node:util';
import { UsageError } from '#src/cli/usage-error.ts';
import type { Size } from './part.ts';

export type BenchOptions = {
  help: boolean;
  /** Fail where a target is missed. */
  check: boolean;
  /** Load the executable instead of the sources. */
  binary: boolean;
  /** The parts or figures to measure; null for all. */
  only: string[] | null;
  size: Size;
};

export const help = `scripts/bench [options]

Starts the real server and, in the same run, a bare ceiling beside it, and measures both. Progress goes to stderr, the
figures to stdout as one line of JSON. Nothing but loopback is loaded, each part for a bounded time.

  --only NAME,…       only these parts, or the parts with these figures
  --binary            load the executable (built when it is missing or old) instead of the sources
  --webhooks N        webhooks in one round of the processed part (20000)
  --rounds N          rounds of it; the figures are medians (3)
  --conversations N   size of the past that pages are read from (20000; the full size is 100000)
  --messages M        and how many messages it has (400000; the full size is 2000000)
  --fresh             make it anew; otherwise it is kept in the temporary folder for a day
  --check             exit with 1 where a target is missed, and name it
  --help
`;

/** Throws `UsageError` with a sentence for what is not understood. */
export function readOptions(args: string[]): BenchOptions {
  const values = parse(args);
  const conversations = whole('conversations', values.conversations, 100, 1_000_000);
  const messages = whole('messages', values.messages, 1_000, 20_000_000);
  if (messages < conversations) {
    throw new UsageError(
      'Each conversation has a message at least: give more --messages or fewer --conversations.',
    );
  }
  return {
    help: values.help,
    check: values.check,
    binary: values.binary,
    only: values.only === undefined ? null : values.only.split(',').filter(Boolean),
    size: {
      webhooks: whole('webhooks', values.webhooks, 100, 1_000_000),
      pool: 2_000,
      rounds: whole('rounds', values.rounds, 1, 100),
      ackSeconds: 20,
      conversations,
      messages,
      samples: 600,
      sockets: 500,
      agents: 36,
      pushSeconds: 15,
      idleSeconds: 10,
      accounts: 1_000,
      accountMinutes: 3,
      perMinute: 1,
      views: 3,
      answers: 10,
      slowBrowser: true,
      starts: 5,
      fresh: values.fresh,
    },
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        binary: { type: 'boolean', default: false },
        only: { type: 'string' },
        webhooks: { type: 'string', default: '20000' },
        rounds: { type: 'string', default: '3' },
        conversations: { type: 'string', default: '20000' },
        messages: { type: 'string', default: '400000' },
        fresh: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, given: string, least: number, most: number): number {
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < least || value > most) {
    throw new UsageError(`--${name} is "${given}": give a whole number from ${least} to ${most}.`);
  }
  return value;
}
