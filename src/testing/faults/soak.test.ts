import { afterAll, beforeAll, expect, test } from 'bun:test';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../until.ts';
import type { ApiMessage } from './api-client.ts';
import { isLong, testLong } from './long.ts';
import { type SoakLoad, startSoakLoad } from './soak-load.ts';
import { leastOfEach, type Sample, slope, table, takeSample } from './soak-samples.ts';
import { openSoakWorld, type Shop, type SoakWorld } from './soak-world.ts';

const SEED = 20_261_122;
const MINUTE_MS = 60_000;
const FOR_MS = isLong ? 30 * MINUTE_MS : 6_000;
const SAMPLE_MS = isLong ? 15_000 : 1_000;
const SAMPLES_A_MINUTE = MINUTE_MS / SAMPLE_MS;

const MOST_WAL_MB = 64;
const MOST_RSS_MB = 400;
/** A number that is heard from, an account that is opened: less than a line for each webhook. */
const MOST_LOG_BYTES = 200;
/** Allocators settle for a while; 720 MB a day would be a leak, and is half of what is found by chance in a half hour. */
const MOST_GROWTH_MB_A_MINUTE = 0.5;
const MOST_HANDLES_A_MINUTE = 1;

let world: SoakWorld;
let load: SoakLoad;
const samples: Sample[] = [];

beforeAll(async () => {
  world = await openSoakWorld();
}, 2 * MINUTE_MS);
afterAll(() => world?.close());

test(
  'under everything at once memory, handles, write-ahead logs and the log stay within bounds',
  async () => {
    const began = performance.now();
    const logAtFirst = world.server.stderr().length;
    load = startSoakLoad(world, SEED);
    while (performance.now() - began < FOR_MS) {
      await pause(SAMPLE_MS);
      samples.push(await takeSample(world, load, began));
    }
    await load.stop();
    process.stderr.write(`${table(isLong ? everyMinute(samples) : samples)}\n`);

    expect(Math.max(...samples.map(({ rssMb }) => rssMb))).toBeLessThan(MOST_RSS_MB);
    expect(Math.max(...samples.map(({ walMb }) => walMb))).toBeLessThan(MOST_WAL_MB);
    expect((world.server.stderr().length - logAtFirst) / load.webhooks()).toBeLessThan(MOST_LOG_BYTES);
    expect(load.webhooks()).toBeGreaterThan(100);
  },
  FOR_MS + 10 * MINUTE_MS,
);

testLong('in the second half nothing grows any more', () => {
  const secondHalf = samples.slice(samples.length / 2);
  expect(slope(leastOfEach(SAMPLES_A_MINUTE, secondHalf), 'rssMb')).toBeLessThan(MOST_GROWTH_MB_A_MINUTE);
  expect(slope(secondHalf, 'handles')).toBeLessThan(MOST_HANDLES_A_MINUTE);
});

test(
  'nothing that was acknowledged is lost, nothing is there twice, and every reply was sent once and delivered',
  async () => {
    await world.install.simulator.settled();
    for (const shop of world.shops) {
      await expectEverythingThere(shop);
    }
    expect(await world.server.end('SIGTERM')).toBe(0);
  },
  10 * MINUTE_MS,
);

async function expectEverythingThere({ api, received, written, number }: Shop): Promise<void> {
  // What was answered 200 is in the journal; on screens it is a moment later.
  const messages = await until('everything to be taken in and every reply to be delivered', async () => {
    const found = (await Promise.all((await api.conversations()).map(({ id }) => api.messages(id)))).flat();
    const isUnderWay = found.some(({ direction, status }) => direction === 'out' && status !== 'delivered');
    return isUnderWay || inbound(found).length < received.size ? null : found;
  });
  const wamids = inbound(messages).map(({ wamid }) => wamid ?? '');
  expect(wamids.length).toBe(received.size);
  expect(new Set(wamids)).toEqual(received);
  const texts = messages.filter(({ direction }) => direction === 'out').map(({ text }) => text);
  expect(texts.sort()).toEqual([...written].sort());
  const sent = world.install.simulator.sent.filter(
    ({ phoneNumberId }) => phoneNumberId === number.phoneNumberId,
  );
  expect(sent).toHaveLength(written.size);
}

const inbound = (all: readonly ApiMessage[]) => all.filter(({ direction }) => direction === 'in');

function everyMinute(all: readonly Sample[]): Sample[] {
  return all.filter((_, place) => (place + 1) % SAMPLES_A_MINUTE === 0);
}
