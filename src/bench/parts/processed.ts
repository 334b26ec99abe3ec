import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { startOwn } from '../child.ts';
import { type Install, temporaryFolder } from '../install.ts';
import { median, rounded } from '../load/figures.ts';
import { type Generator, startGenerator } from '../load/generate.ts';
import type { Target } from '../load/job.ts';
import { ALL_OUT, mixed, type Plan, warmUp } from '../load/plan.ts';
import { load, rate } from '../load/run.ts';
import { peakMegabytes } from '../memory.ts';
import type { Part } from '../part.ts';
import { countStored } from '../stored.ts';
import { withUndoing } from '../undoing.ts';
import { shownLast, startWarm } from '../warm-server.ts';

/** What all rounds have in common. */
type Rounds = { generator: Generator; install: Install; webhooks: number; pool: number };

/**
 * The product beside its ceiling, in turns, since the machine may be busy with other things: how many webhooks a
 * second are processed, and how many a bare server keeps that does nothing else.
 */
export const processed: Part = {
  name: 'processed',
  figures: ['processed_ratio', 'processed_per_s', 'ceiling_per_s', 'generator_per_s', 'rss_load_mb'],
  measure: ({ size, say, makeInstall }) =>
    withUndoing(async (undoing) => {
      const folder = temporaryFolder(undoing);
      const install = await makeInstall(join(folder, 'data'));
      const rounds = { ...size, generator: startGenerator(undoing), install };
      const limit = await measureGenerator(rounds);
      say(`the generator alone: ${rounded(limit, 0)} a second`);
      const found = [];
      for (let round = 1; round <= size.rounds; round++) {
        const ceiling = await measureCeiling(rounds, join(folder, `ceiling-${round}.db`));
        const product = await measureProduct(rounds, join(folder, `data-${round}`));
        found.push({ ceiling, ...product });
        say(
          `round ${round}: ceiling ${rounded(ceiling, 0)}, processed ${rounded(product.processed, 0)} a second`,
        );
      }
      const ceiling = median(found.map((one) => one.ceiling));
      const processed = median(found.map((one) => one.processed));
      return {
        processed_ratio: rounded(processed / ceiling, 3),
        processed_per_s: rounded(processed, 0),
        ceiling_per_s: rounded(ceiling, 0),
        generator_per_s: rounded(limit, 0),
        rss_load_mb: rounded(Math.max(...found.map((one) => one.megabytes)), 0),
      };
    }),
};

function measureGenerator(rounds: Rounds): Promise<number> {
  return withUndoing(async (undoing) => measureBare(rounds, await startOwn(undoing, 'answer-at-once.ts')));
}

function measureCeiling(rounds: Rounds, file: string): Promise<number> {
  const { appSecret } = rounds.install.line;
  const env = { BENCH_FILE: file, BENCH_KEY: randomBytes(32).toString('hex'), BENCH_SECRET: appSecret };
  return withUndoing(async (undoing) => measureBare(rounds, await startOwn(undoing, 'ceiling.ts', env)));
}

/** How many a second are answered, after a warm-up. */
async function measureBare(rounds: Rounds, origin: string): Promise<number> {
  const { generator } = rounds;
  const plan = planOf(rounds, { url: `${origin}/webhooks`, line: rounds.install.line });
  await load(generator, warmUp(plan));
  const { count, startedAt, endedAt } = await load(generator, mixed(plan));
  return rate(count, startedAt, endedAt);
}

/**
 * How many a second are taken in and shown. The clock stops when an agent's socket shows the row of the last
 * message, which was sent when all others had been answered. The program is killed at that moment, and its file must
 * hold every message and nothing that waits. Every round begins with the same data.
 */
async function measureProduct(
  rounds: Rounds,
  folder: string,
): Promise<{ processed: number; megabytes: number }> {
  const install = { ...rounds.install, folder };
  cpSync(rounds.install.folder, folder, { recursive: true });
  const measured = await withUndoing(async (undoing) => {
    const server = await startWarm(undoing, install, rounds);
    const job = mixed(planOf(rounds, server.target));
    const shown = shownLast(server.agent, job);
    const { count, startedAt } = await load(rounds.generator, job);
    const endedAt = await shown;
    const megabytes = peakMegabytes(server.pid);
    await server.process.end('SIGKILL');
    return { processed: rate(count, startedAt, endedAt), megabytes };
  });
  await expectAllStored(install, rounds.pool + 1 + rounds.webhooks);
  return measured;
}

async function expectAllStored(install: Install, wanted: number): Promise<void> {
  const { messages, pending } = await countStored(install);
  if (messages !== wanted || pending > 0) {
    throw new Error(
      `When the last message was shown, ${messages} of ${wanted} were stored, and ${pending} webhooks waited.`,
    );
  }
}

function planOf({ webhooks, pool }: Rounds, to: Target): Plan {
  return { to, webhooks, pool, pace: ALL_OUT };
}
