import { manyAccounts } from '../accounts.ts';
import { startProgram } from '../install.ts';
import { rounded } from '../load/figures.ts';
import { startGenerator } from '../load/generate.ts';
import type { Job } from '../load/job.ts';
import { load } from '../load/run.ts';
import { peakMegabytes } from '../memory.ts';
import type { Part } from '../part.ts';
import { withUndoing } from '../undoing.ts';

/** The most memory that the program takes with many businesses, each of which gets a message a minute. */
export const accounts: Part = {
  name: 'accounts',
  figures: ['rss_1000_accounts_mb'],
  measure: ({ size, say }) =>
    withUndoing(async (undoing) => {
      const { accounts: count, accountMinutes, fresh } = size;
      const { folder, businesses } = await manyAccounts(undoing, count, { fresh, say });
      const server = await startProgram(undoing, folder);
      const { url = '' } = server.ready;
      const webhooks = Math.round(count * accountMinutes);
      const job: Job = {
        to: businesses.map(({ line, webhookPath }) => ({ url: `${url}${webhookPath}`, line })),
        known: { from: 0, end: 1 },
        fromKnown: 0,
        newcomers: { from: 0, end: webhooks },
        seed: 4,
        pace: { perSecond: count / 60 },
      };
      const { latency } = await load(startGenerator(undoing), job);
      say(`webhooks waited ${rounded(latency.p50)} ms (p50), ${rounded(latency.p99)} ms (p99)`);
      return { rss_1000_accounts_mb: rounded(peakMegabytes(server.pid), 0) };
    }),
};
