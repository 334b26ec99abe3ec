import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { SimulatedNumber } from '#src/simulator/simulator.ts';
import { people } from '../people.ts';
import { until } from '../until.ts';
import { figuresOf } from './figures.ts';
import { type Case, cases, REFUSED } from './graph-api-cases.ts';
import { storm } from './graph-api-storm.ts';
import { type Chat, type LineWorld, openLineWorld, sentBy } from './graph-api-world.ts';
import { testLong } from './long.ts';
import { connectNumber } from './numbers.ts';
import { signIn } from './sign-in.ts';
import type { Fault } from './tcp-proxy.ts';

const MOST_GROWTH_MB = 150;
const FIVE_MINUTES_MS = 300_000;
/** So many that none gets more than Meta lets one customer have: the queue is to wait for the line alone. */
const STORM_CHATS = 200;

/** Each fault has a number of its own, so that none waits for another one's breaker. */
type Subject = Case & { struck: Chat; beside: Chat };

let world: LineWorld;
let subjects: Subject[];
/** Customers of a number whose line is well. */
let healthy: Chat[];
let rssAtStart: number;

beforeAll(async () => {
  world = await openLineWorld();
  const numbers = await connectNumbers(cases.length, 0);
  const struck = await world.meet(numbers);
  const beside = await world.meet(numbers);
  subjects = cases.flatMap((one, place) => {
    const [first, second] = [struck[place], beside[place]];
    return first && second ? [{ ...one, struck: first, beside: second }] : [];
  });
  healthy = await world.meet(Array.from({ length: 10 }, () => world.install.number));
  rssAtStart = figuresOf(world.server.pid).rssMb;
}, 60_000);
afterAll(() => world?.close());

test('each fault leaves its own message as certain as it is, and another number does not wait for it', async () => {
  strike(new Map(subjects.map(({ struck, fault }) => [struck.number.phoneNumberId, fault])), 'first request');
  world.install.simulator.trouble.pauseStatuses();
  for (const { struck, name } of subjects) {
    await world.write([struck], name);
  }
  await world.write(healthy, 'meanwhile');
  await world.untilSo(healthy, 'meanwhile', 'accepted');
  const [hangs] = subjects.filter(({ name }) => name === 'never answered, and never passed on');
  expect(hangs && (await world.statusOf(hangs.struck, hangs.name))).toBe('sending');

  for (const { struck, name, shown } of subjects) {
    await world.untilSo([struck], name, shown);
  }
}, 90_000);

test('after the fault the number goes on by itself, and what was lost on the way is not sent again', async () => {
  for (const { struck, beside, name } of subjects) {
    await world.write([struck], `behind ${name}`);
    await world.write([beside], 'beside');
  }
  await world.untilSo(besides(), 'beside', 'accepted');
  await until('the late request to get there', async () =>
    subjects.every(({ struck, name, reached }) => world.timesSent(struck, name) === (reached ? 1 : 0)),
  );
}, 60_000);

test('a status that comes after all settles what was unknown', async () => {
  await world.install.simulator.trouble.resumeStatuses();
  for (const { struck, name, reached } of subjects) {
    await world.untilSo([struck], name, reached ? 'delivered' : 'unknown');
  }
  await world.untilSo(healthy, 'meanwhile', 'delivered');
}, 60_000);

test('past the grace people are asked about the rest, and only what they choose is sent again', async () => {
  const { install, server, untilSo, write, timesSent } = world;
  const lost = subjects.filter(({ reached }) => !reached);
  process.kill(server.pid, 'SIGUSR2');
  await write(healthy.slice(0, 1), 'the clock has moved on');
  for (const { struck, name } of subjects) {
    await untilSo([struck], `behind ${name}`, 'delivered');
  }
  const ada = await signIn(install.url, people.ada);
  const [again, arrived, ...left] = lost;
  for (const { struck, name } of lost) {
    const page = await (await ada.get(`/inbox/all/${struck.conversationId}`)).text();
    const question = /action="(\/messages\/\d+\/resolution)"/.exec(page)?.[1] ?? '';
    const choice = name === again?.name ? 'again' : name === arrived?.name ? 'arrived' : 'leave';
    expect((await ada.post(question, { choice })).status).toBe(303);
  }
  for (const { struck, name } of left) {
    await untilSo([struck], name, 'failed');
  }
  await untilSo(again ? [again.struck] : [], again?.name ?? '', 'delivered');
  await untilSo(arrived ? [arrived.struck] : [], arrived?.name ?? '', 'accepted');
  expect(lost.map(({ struck, name }) => timesSent(struck, name))).toEqual(
    lost.map(({ name }) => (name === again?.name ? 1 : 0)),
  );
  expectNothingTwice();
}, 60_000);

test('while one number’s line is down its queue holds and others deliver; when it is up again it drains', async () => {
  const [down] = await connectNumbers(1, cases.length);
  const crowd = await world.meet(Array.from({ length: 12 }, () => down ?? world.install.number));
  const seen = strike(
    new Map([[down?.phoneNumberId ?? '', { is: 'cut-request', bytes: 0, end: 'reset' }]]),
    'every request',
  );
  await world.write(crowd, 'into the dark');
  await until('the breaker to have seen enough', async () => seen() >= 3);
  await world.write(healthy, 'beside the dark');
  await world.untilSo(healthy, 'beside the dark', 'delivered');
  strike(new Map(), 'every request');

  const settled = await until('the queue to drain', async () => {
    const statuses = await Promise.all(crowd.map((chat) => world.statusOf(chat, 'into the dark')));
    return statuses.every((status) => status === 'unknown' || status === 'delivered') && statuses;
  });
  expect(crowd.map((chat) => world.timesSent(chat, 'into the dark'))).toEqual(
    settled.map((status) => (status === 'delivered' ? 1 : 0)),
  );
  expect(settled.filter((status) => status === 'unknown')).toHaveLength(seen());
}, 60_000);

test('refused connections lose nothing and repeat nothing', async () => {
  const { proxy, server, install } = world;
  const everybody = [...healthy, ...besides()];
  const refusals = () => server.stderr().split('ECONNREFUSED').length - 1;
  proxy.refuse('reset');
  const before = refusals();
  await world.write(everybody, 'nobody there');
  await until('every number to have tried', async () => refusals() - before > subjects.length);
  expect(install.simulator.sent.filter(({ body }) => JSON.stringify(body).includes('nobody there'))).toEqual(
    [],
  );
  proxy.restore();
  await world.untilSo(everybody, 'nobody there', 'delivered');
  expectNothingTwice();
  expect(figuresOf(server.pid).rssMb - rssAtStart).toBeLessThan(MOST_GROWTH_MB);
}, 60_000);

testLong(
  'five minutes of faults at random: what got there is delivered, what did not is unknown, nothing is sent twice',
  async () => {
    // Refused again and again a message waits longer and longer, which would take the test as long.
    const quick = cases.filter(({ name }) => name !== REFUSED);
    const numbers = [world.install.number, ...subjects.map(({ beside }) => beside.number)];
    const crowd = Array.from(
      { length: STORM_CHATS },
      (_, n) => numbers[n % numbers.length] ?? world.install.number,
    );
    await storm(world, { chats: await world.meet(crowd), cases: quick, forMs: FIVE_MINUTES_MS });
    expectNothingTwice();
    expect(figuresOf(world.server.pid).rssMb - rssAtStart).toBeLessThan(MOST_GROWTH_MB);
  },
  FIVE_MINUTES_MS + 300_000,
);

test('and at the end it stops in peace', async () => {
  expect(await world.server.end('SIGTERM')).toBe(0);
});

const besides = () => subjects.map(({ beside }) => beside);

async function connectNumbers(count: number, from: number): Promise<SimulatedNumber[]> {
  const places = Array.from({ length: count }, (_, place) => from + place);
  return await Promise.all(
    places.map((place) => connectNumber(world.install, world.install.accountId, place)),
  );
}

/** Faults by number. Gives how many requests were struck so far. */
function strike(faults: Map<string, Fault>, which: 'first request' | 'every request'): () => number {
  let struck = 0;
  world.proxy.onRequest((request) => {
    const id = sentBy(request);
    const fault = faults.get(id) ?? null;
    struck += fault ? 1 : 0;
    if (which === 'first request') {
      faults.delete(id);
    }
    return fault;
  });
  return () => struck;
}

/** The oracle of the whole test: our value in a send is new for each message and try. */
function expectNothingTwice(): void {
  const values = world.install.simulator.sent.map(({ body }) => body.biz_opaque_callback_data);
  const texts = world.install.simulator.sent.map(
    ({ input, body }) => `${input} ${JSON.stringify(body.text)}`,
  );
  expect(new Set(values).size).toBe(values.length);
  expect(new Set(texts).size).toBe(texts.length);
}
