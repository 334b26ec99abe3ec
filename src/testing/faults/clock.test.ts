import { afterAll, beforeAll, expect, test } from 'bun:test';
import { people } from '../people.ts';
import { until } from '../until.ts';
import { type ApiClient, type ApiMessage, apiClient } from './api-client.ts';
import { createFakeClock, type FakeClock, faketime } from './fake-clock.ts';
import { type Install, openInstall } from './install.ts';
import { sentText } from './load.ts';
import { errorsOf } from './server-log.ts';
import { signIn } from './sign-in.ts';

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
const NOOR = '+263771234567';
const RAVI = '+27821234567';

let install: Install;
let clock: FakeClock;
let api: ApiClient;
let conversationId: number;

beforeAll(async () => {
  if (faketime !== null) {
    install = await openInstall();
    clock = createFakeClock(install.folder);
    api = apiClient(install);
  }
});
afterAll(() => install?.close());

const start = () => install.start(undefined, clock.env);

/** Meta tells whole seconds: the next one, so that it comes after whatever was said before. */
function say(text: string): Promise<string> {
  const at = Math.ceil(Date.now() / 1000) * 1000;
  return install.simulator.customer(NOOR).say(install.number.phoneNumberId, text, { at });
}

/** Everything in Noor's thread, from the top. */
async function thread(): Promise<ApiMessage[]> {
  return (await api.messages(conversationId)).reverse();
}
const find = async (text: string) => (await thread()).find((message) => message.text === text);

async function heard(text: string): Promise<void> {
  await say(text);
  await until(`"${text}" to be shown`, () => find(text));
}

let keys = 0;
async function answered(text: string): Promise<void> {
  keys += 1;
  expect(await api.send(conversationId, text, `clock-${keys}`)).toBe(202);
  await until(`"${text}" to arrive`, async () => (await find(text))?.status === 'delivered');
}

/** Nothing moves, nothing is there twice, and the later one has the higher id. */
async function expectThread(texts: string[]): Promise<void> {
  const messages = await thread();
  expect(messages.map(({ text }) => text)).toEqual(texts);
  const ids = messages.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
}

// What moves the clock of a process is libfaketime.
test.skipIf(faketime === null)(
  'the clock is set back, before and during a restart, and forward: ids rise, threads keep their order, nobody waits for it',
  async () => {
    const { simulator, url, number } = install;
    const first = await start();
    await say('one');
    conversationId = (await until('the conversation', async () => (await api.conversations())[0])).id;
    await answered('two');
    const ada = await signIn(url, people.ada);

    // A leap second, then an hour.
    clock.set(-1);
    await heard('three');
    await answered('four');
    clock.set(-HOUR_S);
    await answered('five');
    await heard('six');
    await answered('seven');
    expect((await ada.get('/inbox/all')).status).toBe(200);
    await signIn(url, people.ada);
    await expectThread(['one', 'two', 'three', 'four', 'five', 'six', 'seven']);

    simulator.trouble.loseNetwork();
    expect(await api.send(conversationId, 'eight', 'eight')).toBe(202);
    await until('it to be tried', async () => first.stderr().includes('The Graph API did not answer'));
    expect(await first.end()).toBe(0);
    clock.set(-2 * DAY_S);
    simulator.trouble.restoreNetwork();
    const second = await start();
    // Nothing asks for the account: what waits in it must be remembered.
    await simulator.waitFor((message) => sentText(message) === 'eight');
    await heard('nine');
    await answered('ten');
    await expectThread(['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']);

    await expectMetaDecides(number.phoneNumberId);

    clock.set(30 * DAY_S);
    expect((await ada.get('/inbox/all')).headers.get('location')).toStartWith('/login');
    await heard('eleven');
    expect(await api.send(conversationId, 'too late', 'late')).toBe(422);

    clock.set(0);
    expect((await ada.get('/inbox/all')).headers.get('location')).toStartWith('/login');
    await signIn(url, people.ada);
    await answered('twelve');
    expect((await thread()).map(({ text }) => text).slice(-3)).toEqual(['ten', 'eleven', 'twelve']);
    const sent = simulator.sent.map(sentText);
    expect(sent).toEqual(['two', 'four', 'five', 'seven', 'eight', 'ten', 'twelve']);
    expect(await second.end()).toBe(0);
    expect([...errorsOf(first), ...errorsOf(second)]).toEqual([]);
  },
  120_000,
);

/** By a clock two days slow Ravi's window is open; Meta knows better, and nothing is sent. */
async function expectMetaDecides(phoneNumberId: string): Promise<void> {
  const ravi = install.simulator.customer(RAVI);
  await ravi.say(phoneNumberId, 'yesterday', { at: Date.now() - 25 * HOUR_S * 1000 });
  const theirs = await until('the conversation with Ravi', async () =>
    (await api.conversations()).find(({ id }) => id !== conversationId),
  );
  expect(await api.send(theirs.id, 'too late for Meta', 'ravi')).toBe(202);
  await until('the refusal', async () => (await api.messages(theirs.id))[0]?.status === 'failed');
}
