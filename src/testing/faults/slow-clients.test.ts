import { afterAll, beforeAll, expect, test } from 'bun:test';
import { until } from '../until.ts';
import { openCrowd } from './crowd.ts';
import { isLong } from './long.ts';
import { type SlowCrowd, slowCrowds, slowReaders } from './slow-crowds.ts';
import { openSlowWorld, type SlowWorld } from './slow-world.ts';
import { openStuckTab } from './stuck-tab.ts';
import { openTab, type Tab } from './tab.ts';

const MOST_GROWTH_MB = 150;
const ROUNDS = isLong ? 300 : 5;
const TABS = isLong ? 2_000 : 300;
const LONG_TEXT = 'x'.repeat(60_000);
const PATIENCE_MS = isLong ? 300_000 : 30_000;

let world: SlowWorld;
beforeAll(async () => {
  world = await openSlowWorld();
  report('nobody', await serve());
}, 60_000);
afterAll(() => world?.close());

test.each([...slowCrowds])(
  '$name: others are served, the memory is bounded, the handles come back',
  (crowd) => holdUp(crowd),
  PATIENCE_MS,
);

test(
  `${TABS} tabs that only listen: each hears what happens, and others are served`,
  async () => {
    const { install, cookie } = world;
    const tabs: Tab[] = [];
    for (let opened = 0; opened < TABS; opened++) {
      tabs.push(await openTab(install.url, cookie));
    }
    report(`${TABS} tabs`, await serve());
    const growth = world.growth();
    await world.say('to all of you');
    await Promise.all(tabs.map((tab) => tab.hears('to all of you')));
    for (const tab of tabs) {
      tab.close();
    }
    expect(growth).toBeLessThan(MOST_GROWTH_MB);
    await world.released();
  },
  PATIENCE_MS,
);

test(
  'a tab that takes nothing off the wire is closed with 1013, and others hear everything meanwhile',
  async () => {
    const { install, cookie, conversationId } = world;
    const stuck = await openStuckTab(install.url, cookie, conversationId);
    const other = await openTab(install.url, cookie, conversationId);
    const texts = Array.from({ length: 200 }, (_, n) => `part ${n} ${LONG_TEXT}`);
    for (const text of texts) {
      await world.say(text);
    }
    await other.hears(`part ${texts.length - 1} `);
    const growth = world.growth();
    const { code, bytes } = await stuck.drain();
    expect(code).toBe(1013);
    expect(bytes).toBeLessThan(texts.length * LONG_TEXT.length);
    expect(other.isOpen()).toBe(true);
    other.close();
    expect(growth).toBeLessThan(MOST_GROWTH_MB);
    await world.released();
  },
  PATIENCE_MS,
);

test(
  'readers of large pages who do not read: others are served, the memory is bounded, the handles come back',
  () => holdUp(slowReaders),
  PATIENCE_MS,
);

test('it stops in peace', async () => {
  expect(await world.server.end('SIGTERM')).toBe(0);
});

async function holdUp({ name, crowd, cutOff }: SlowCrowd): Promise<void> {
  const slow = await openCrowd(world.install.url, crowd(world));
  report(name, await serve());
  const growth = world.growth();
  if (isLong && cutOff) {
    const allGone = async () => slow.ended() === crowd(world).size;
    await until('them to be cut off', allGone).catch(() => until('them to be cut off', allGone));
  }
  await slow.leave();
  expect(growth).toBeLessThan(MOST_GROWTH_MB);
  await world.released();
}

/** Serves everybody else, again and again. Gives how often in a second, for the report: it proves nothing. */
async function serve(): Promise<number> {
  const began = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    await world.serveOthers();
  }
  return (ROUNDS * 1000) / (performance.now() - began);
}

function report(beside: string, rate: number): void {
  process.stderr.write(
    `served ${rate.toFixed(0)} rounds a second beside ${beside}, ${world.growth()} MB more\n`,
  );
}
