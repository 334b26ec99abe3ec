import { openAgent } from '../agent.ts';
import { quantile, rounded } from '../load/figures.ts';
import { type Generator, startGenerator } from '../load/generate.ts';
import { mixed } from '../load/plan.ts';
import { load } from '../load/run.ts';
import { openSite, type Site } from '../pages/site.ts';
import type { Part } from '../part.ts';
import { createRandom, type Random } from '../random.ts';
import { words } from '../talk.ts';
import { withUndoing } from '../undoing.ts';
import { warm } from '../warm-server.ts';

const PER_SECOND = 200;
const SECONDS = 10;

/**
 * How long a search through the whole past takes while webhooks come in, and how long these wait meanwhile, beside
 * how long they wait when nobody searches.
 */
export const search: Part = {
  name: 'search',
  figures: ['search_p50_ms', 'search_p99_ms', 'search_ack_p99_ms', 'search_alone_ack_p99_ms'],
  measure: ({ size, say, makeInstall }) =>
    withUndoing(async (undoing) => {
      const { conversations, messages, samples, fresh, pool } = size;
      const site = await openSite(undoing, { conversations, messages }, { fresh, say, makeInstall });
      await timeOne(site, 'cement');
      const generator = startGenerator(undoing);
      await warm(site, await openAgent(undoing, site.url, site.client), { generator, pool });
      const alone = await ackP99(generator, site, { pool, begin: 0 });
      const [ackWhile, times] = await Promise.all([
        ackP99(generator, site, { pool, begin: 1 }),
        timeSearches(site, samples),
      ]);
      say(`webhooks waited ${rounded(alone)} ms (p99) alone, ${rounded(ackWhile)} ms while people searched`);
      return {
        search_p50_ms: rounded(quantile(times, 0.5)),
        search_p99_ms: rounded(quantile(times, 0.99)),
        search_ack_p99_ms: rounded(ackWhile),
        search_alone_ack_p99_ms: rounded(alone),
      };
    }),
};

/** How long webhooks wait for their answer, at a moderate pace; each run brings customers of its own. */
async function ackP99(
  generator: Generator,
  { target: to }: Site,
  { pool, begin }: { pool: number; begin: number },
): Promise<number> {
  const webhooks = PER_SECOND * SECONDS;
  const job = mixed({
    to,
    webhooks,
    pool: pool + begin * webhooks,
    pace: { perSecond: PER_SECOND },
  });
  return (await load(generator, job)).latency.p99;
}

/** Shorter ones are refused, as too little to search for. */
const searchable = words.filter((word) => word.length >= 3) as [string, ...string[]];

/** One search after the other, as somebody types: rare and common words, two words, beginnings, and names. */
async function timeSearches(site: Site, samples: number): Promise<Float64Array> {
  const random = createRandom(11);
  const times = new Float64Array(samples);
  for (let index = 0; index < samples; index++) {
    times[index] = await timeOne(site, query(random));
  }
  return times;
}

function query(random: Random): string {
  const [word, other] = [random.pick(searchable), random.pick(searchable)];
  return random.pick([word, `${word} ${other}`, word.slice(0, 3), 'Moyo'] as const);
}

async function timeOne({ url, install }: Site, asked: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(`${url}/api/v1/search?q=${encodeURIComponent(asked)}`, {
    headers: { authorization: `Bearer ${install.apiKey}` },
  });
  await answer.arrayBuffer();
  const took = performance.now() - began;
  if (answer.status === 404) {
    throw new Error('There is no search: GET /api/v1/search answered 404.');
  } else if (answer.status !== 200) {
    throw new Error(`The search for "${asked}" answered ${answer.status}.`);
  }
  return took;
}
