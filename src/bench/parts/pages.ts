import { quantile, rounded } from '../load/figures.ts';
import { type Ask, askedForLists, askedForThreads } from '../pages/asks.ts';
import { openSite, type Site } from '../pages/site.ts';
import type { Part } from '../part.ts';
import { createRandom } from '../random.ts';
import { withUndoing } from '../undoing.ts';

/**
 * How long the server takes for the pages people look at most, with much data and with a tenth of it. Both servers
 * run side by side and are asked in turns, one request at a time, so that a busy moment of the machine meets both.
 */
export const pages: Part = {
  name: 'pages',
  figures: [
    'list_p50_ms',
    'list_p99_ms',
    'thread_p50_ms',
    'thread_p99_ms',
    'tenth_list_p50_ms',
    'tenth_list_p99_ms',
    'tenth_thread_p50_ms',
    'tenth_thread_p99_ms',
    'growth',
  ],
  measure: ({ size, say, makeInstall }) =>
    withUndoing(async (undoing) => {
      const { conversations, messages, samples, fresh } = size;
      const tenth = { conversations: Math.ceil(conversations / 10), messages: Math.ceil(messages / 10) };
      const sites = [
        await openSite(undoing, { conversations, messages }, { fresh, say, makeInstall }),
        await openSite(undoing, tenth, { fresh, say, makeInstall }),
      ] as const;
      const list = await timeInTurns(sites, samples, askedForLists);
      say(`lists: ${list.map(tell).join('; with a tenth of the data ')}`);
      const thread = await timeInTurns(sites, samples, askedForThreads);
      say(`threads: ${thread.map(tell).join('; with a tenth of the data ')}`);
      return {
        list_p50_ms: rounded(list[0].p50),
        list_p99_ms: rounded(list[0].p99),
        thread_p50_ms: rounded(thread[0].p50),
        thread_p99_ms: rounded(thread[0].p99),
        tenth_list_p50_ms: rounded(list[1].p50),
        tenth_list_p99_ms: rounded(list[1].p99),
        tenth_thread_p50_ms: rounded(thread[1].p50),
        tenth_thread_p99_ms: rounded(thread[1].p99),
        growth: rounded(Math.max(list[0].p50 / list[1].p50, thread[0].p50 / thread[1].p50)),
      };
    }),
};

type Times = { p50: number; p99: number };

const tell = ({ p50, p99 }: Times) => `p50 ${rounded(p50)} ms, p99 ${rounded(p99)} ms`;

/** Asks each site for as many pages, a fifth more before the clock counts. */
async function timeInTurns(
  sites: readonly [Site, Site],
  samples: number,
  asksOf: (site: Site, count: number, random: ReturnType<typeof createRandom>) => Promise<Ask[]>,
): Promise<[Times, Times]> {
  const warmUps = Math.ceil(samples / 5);
  const [large, small] = sites;
  const asks = [
    await asksOf(large, warmUps + samples, createRandom(7)),
    await asksOf(small, warmUps + samples, createRandom(7)),
  ] as const;
  const times = [new Float64Array(samples), new Float64Array(samples)] as const;
  for (let index = 0; index < warmUps + samples; index++) {
    for (const which of [0, 1] as const) {
      const ask = asks[which][index];
      const took = ask ? await timeOne(sites[which], ask) : 0;
      if (index >= warmUps) {
        times[which][index - warmUps] = took;
      }
    }
  }
  const timesOf = (which: 0 | 1) => ({ p50: quantile(times[which], 0.5), p99: quantile(times[which], 0.99) });
  return [timesOf(0), timesOf(1)];
}

/** From the request to the last byte of its answer, compressed as a browser gets it; without rendering, on loopback. */
async function timeOne({ client }: Site, { path, isFragment }: Ask): Promise<number> {
  const began = performance.now();
  const answer = await client.get(path, {
    'accept-encoding': 'gzip',
    ...(isFragment ? { 'hx-request': 'true' } : {}),
  });
  await answer.arrayBuffer();
  const took = performance.now() - began;
  if (answer.status !== 200) {
    throw new Error(`${path} answered ${answer.status}`);
  }
  return took;
}
