import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { signIn } from '#src/testing/faults/sign-in.ts';
import { openAgent } from '../agent.ts';
import { startOwn } from '../child.ts';
import { type Install, makeInstall, owner, startInstall, temporaryFolder } from '../install.ts';
import { median, rounded } from '../load/figures.ts';
import { type Generator, startGenerator } from '../load/generate.ts';
import type { Job, Line, Sent } from '../load/job.ts';
import { peakMegabytes } from '../memory.ts';
import type { Part } from '../part.ts';
import { countStored } from '../stored.ts';
import { withUndoing } from '../undoing.ts';

const IN_FLIGHT = 64;
const NEWCOMERS = 0.1;
const PATIENCE_MS = 60_000;

/** Where a round's customers begin; each round brings its own new ones. */
type Round = { number: number; webhooks: number; pool: number };

/**
 * The product beside its ceiling, in turns, since the machine may be busy with other things: how many webhooks a
 * second are processed, and how many a bare server keeps that does nothing else.
 */
export const processed: Part = {
  name: 'processed',
  figures: ['processed_ratio', 'processed_per_s', 'ceiling_per_s', 'generator_per_s', 'rss_load_mb'],
  async measure({ size, say }) {
    return withUndoing(async (undoing) => {
      const generator = startGenerator(undoing);
      const folder = temporaryFolder(undoing);
      const install = await makeInstall(join(folder, 'data'));
      const found = { ceiling: [] as number[], processed: [] as number[], rss: [] as number[] };

      const limit = await measureGenerator(generator, install.line, size);
      say(`generator: ${rounded(limit, 0)}/s is all it could send`);
      for (let number = 0; number < size.rounds; number++) {
        const round = { number, webhooks: size.webhooks, pool: size.pool };
        found.ceiling.push(
          await measureCeiling(generator, install.line, join(folder, `ceiling-${number}.db`), round),
        );
        const { perSecond, megabytes } = await measureProcessed(
          generator,
          copyOf(install, `${folder}/data-${number}`),
          round,
        );
        found.processed.push(perSecond);
        found.rss.push(megabytes);
        say(
          `round ${number + 1} of ${size.rounds}: ceiling ${rounded(found.ceiling.at(-1) ?? 0, 0)}/s, ` +
            `processed ${rounded(perSecond, 0)}/s`,
        );
      }
      const [ceiling, processed] = [median(found.ceiling), median(found.processed)];
      return {
        processed_ratio: rounded(processed / ceiling, 3),
        processed_per_s: rounded(processed, 0),
        ceiling_per_s: rounded(ceiling, 0),
        generator_per_s: rounded(limit, 0),
        rss_load_mb: rounded(Math.max(...found.rss), 0),
      };
    });
  },
};

/** Every round begins with the same data. */
function copyOf(install: Install, folder: string): Install {
  cpSync(install.folder, folder, { recursive: true });
  return { ...install, folder };
}

async function measureGenerator(
  generator: Generator,
  line: Line,
  { webhooks, pool }: Omit<Round, 'number'>,
): Promise<number> {
  return withUndoing(async (undoing) => {
    const url = await startOwn(undoing, 'answer-at-once.ts');
    return measureBare(generator, `${url}/webhooks`, line, { number: 0, webhooks, pool });
  });
}

async function measureCeiling(generator: Generator, line: Line, file: string, round: Round): Promise<number> {
  return withUndoing(async (undoing) => {
    const env = {
      BENCH_FILE: file,
      BENCH_KEY: randomBytes(32).toString('hex'),
      BENCH_SECRET: line.appSecret,
    };
    const url = await startOwn(undoing, 'ceiling.ts', env);
    return measureBare(generator, `${url}/webhooks`, line, round);
  });
}

/** How many a second are answered, after a warm-up. */
async function measureBare(generator: Generator, url: string, line: Line, round: Round): Promise<number> {
  await load(generator, warmUp(url, line, round));
  const sent = await load(generator, mainLoad(url, line, round));
  return perSecond(sent.count, sent.startedAt, sent.endedAt);
}

/**
 * How many a second are taken in and shown. The clock stops when an agent's socket shows the row of the last
 * message, which was sent when all others had been answered. The program is killed at that moment, and its file must
 * hold every message and nothing that waits.
 */
async function measureProcessed(
  generator: Generator,
  install: Install,
  round: Round,
): Promise<{ perSecond: number; megabytes: number }> {
  const measured = await withUndoing(async (undoing) => {
    const server = await startInstall(undoing, install);
    const agent = await openAgent(undoing, server.url, await signIn(server.url, owner));
    const warm = warmUp(server.webhookUrl, install.line, round);
    const warmed = agent.sees(warm.last.text);
    await load(generator, warm);
    await soon(warmed, warm.last.text);

    const job = mainLoad(server.webhookUrl, install.line, round);
    const seen = agent.sees(job.last.text);
    const sent = await load(generator, job);
    const endedAt = await soon(seen, job.last.text);
    const megabytes = peakMegabytes(server.pid);
    await server.process.end('SIGKILL');
    return {
      perSecond: perSecond(sent.count, sent.startedAt, endedAt),
      megabytes,
      count: sent.count + round.pool + 1,
    };
  });
  const { messages, pending } = await countStored(install);
  if (pending > 0 || messages !== measured.count) {
    throw new Error(
      `When the last message was shown, ${messages} of ${measured.count} were stored and ${pending} journal rows waited.`,
    );
  }
  return measured;
}

type WithLast = Job & { last: NonNullable<Job['last']> };

/** Everybody of the pool writes once, so that they are known afterwards. */
function warmUp(url: string, line: Line, round: Round): WithLast {
  const customers = customersOf(round);
  return {
    url,
    line,
    known: { from: 0, end: 1 },
    fromKnown: 0,
    newcomers: { from: 0, end: round.pool },
    last: { customer: customers.lastOfWarmUp, text: `The last of the warm-up of round ${round.number}` },
    seed: round.number * 2 + 1,
    pace: { inFlight: IN_FLIGHT },
  };
}

function mainLoad(url: string, line: Line, round: Round): WithLast {
  const customers = customersOf(round);
  const others = round.webhooks - 1;
  const fresh = Math.round(others * NEWCOMERS);
  return {
    url,
    line,
    known: { from: 0, end: round.pool },
    fromKnown: others - fresh,
    newcomers: { from: customers.fresh, end: customers.fresh + fresh },
    last: { customer: customers.last, text: `The last message of round ${round.number}` },
    seed: round.number * 2 + 2,
    pace: { inFlight: IN_FLIGHT },
  };
}

function customersOf({ number, webhooks, pool }: Round) {
  const first = pool + number * (webhooks + 2);
  return { lastOfWarmUp: first, last: first + 1, fresh: first + 2 };
}

async function load(generator: Generator, job: Job): Promise<Sent> {
  await generator.prepare(job);
  const sent = await generator.go();
  if (sent.statuses['200'] !== sent.count) {
    throw new Error(`Not every webhook was answered 200: ${JSON.stringify(sent.statuses)}`);
  }
  return sent;
}

async function soon(seen: Promise<number>, words: string): Promise<number> {
  const late = pause(PATIENCE_MS, null, { ref: false });
  const at = await Promise.race([seen, late]);
  if (at === null) {
    throw new Error(`"${words}" was not shown within a minute.`);
  }
  return at;
}

function perSecond(count: number, from: number, until: number): number {
  return (count * 1000) / (until - from);
}
