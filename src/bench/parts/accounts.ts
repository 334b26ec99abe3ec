import { type Business, manyAccounts } from '../accounts.ts';
import { startProgram } from '../install.ts';
import { rounded } from '../load/figures.ts';
import { startGenerator } from '../load/generate.ts';
import { load } from '../load/run.ts';
import { peakMegabytes } from '../memory.ts';
import type { Part } from '../part.ts';
import { countStored } from '../stored.ts';
import { withUndoing } from '../undoing.ts';

/** The most memory that the program takes with many businesses, each of which gets a message a minute. */
export const accounts: Part = {
  name: 'accounts',
  figures: ['rss_1000_accounts_mb'],
  measure: ({ size, say }) =>
    withUndoing(async (undoing) => {
      const { accounts: count, accountMinutes, perMinute, fresh } = size;
      const { folder, businesses } = await manyAccounts(undoing, count, { fresh, say });
      const server = await startProgram(undoing, folder);
      const each = Math.round(accountMinutes * perMinute);
      const { latency } = await load(startGenerator(undoing), {
        to: businesses.map(({ line, webhookPath }) => ({ url: `${server.ready.url}${webhookPath}`, line })),
        known: { from: 0, end: 1 },
        fromKnown: 0,
        newcomers: { from: 0, end: count * each },
        seed: 4,
        pace: { perSecond: (count * perMinute) / 60 },
      });
      say(`webhooks waited ${rounded(latency.p50)} ms (p50), ${rounded(latency.p99)} ms (p99)`);
      const megabytes = peakMegabytes(server.pid);
      await server.end();
      await expectTakenIn(folder, businesses, each);
      return { rss_1000_accounts_mb: rounded(megabytes, 0) };
    }),
};

/** Nothing may be missing: it was taken in, or (the last ones) waits for the next start. One in a hundred is looked at. */
async function expectTakenIn(folder: string, businesses: readonly Business[], wanted: number): Promise<void> {
  for (const { accountId } of businesses.filter((_, index) => index % 100 === 0)) {
    const { messages, pending } = await countStored({ folder, accountId });
    if (messages + pending !== wanted) {
      throw new Error(
        `Account ${accountId} holds ${messages} messages and ${pending} that wait, not ${wanted}.`,
      );
    }
  }
}
