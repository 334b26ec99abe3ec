import { afterAll, expect, test } from 'bun:test';
import { startAndKill } from '../server-process.ts';
import { until } from '../until.ts';
import { type ApiClient, type ApiMessage, apiClient } from './api-client.ts';
import { type Install, openInstall } from './install.ts';
import { meetEverybody, type Promised, sentText, startLoad } from './load.ts';
import { isLong } from './long.ts';
import { errorsOf } from './server-log.ts';
import { expectSound } from './soundness.ts';
import { createStatusWatch } from './status-watch.ts';
import { expectStatusesKept, expectUnknownOnlyInFlight } from './way-out.ts';

const ROUNDS = isLong ? 200 : 20;
const DEADLINE_MS = (60 + ROUNDS * 9) * 1000;
const WRITERS = 24;
const SENDERS = 8;
/** So many that nobody gets more than the 45 messages Meta takes for one person at once: the rest would wait. */
const CUSTOMERS = Math.max(WRITERS, ROUNDS * 3);
/** In some rounds a server is killed before it is ready: while it takes up what the last one left. */
const LONGEST_START_MS = 600;
const LATEST_ANSWER_MS = 60;
const MOST_ACKNOWLEDGED = isLong ? 120 : 50;

let install: Install;
afterAll(() => install?.close());

test(
  'kill -9 under load: nothing acknowledged is lost, nothing is sent twice, unknown only what never reached Meta',
  async () => {
    install = await openInstall();
    const { simulator, folder, accountId } = install;
    const api = apiClient(install);
    // With a key of its own, whose share of requests it takes.
    const watcher = apiClient({ url: install.url, apiKey: await install.createKey() });
    const promised: Promised = { said: [], composed: [] };
    const statuses = createStatusWatch();
    // Meta goes on delivering statuses while the server is down.
    simulator.trouble.retry({ attempts: 400, firstDelay: 20, longestDelay: 250 });
    simulator.trouble.shuffle(true);
    const first = await install.start();
    await meetEverybody(install, promised, CUSTOMERS);
    await until(
      'a conversation with everybody',
      async () => (await api.conversations()).length === CUSTOMERS,
    );
    await first.end('SIGKILL');

    for (let round = 0; round < ROUNDS; round++) {
      // What the last kill left is looked at in a copy while the next server starts.
      const sound = expectSound(folder, [accountId]);
      if (round % 5 === 4) {
        await startAndKill(install.env, Math.random() * LONGEST_START_MS);
      }
      const [server] = await Promise.all([install.start(), sound]);
      // The later Meta answers, the more is in flight at the kill.
      simulator.trouble.answerLate(Math.random() * LATEST_ANSWER_MS);
      const load = startLoad(install, api, promised, {
        label: String(round),
        customers: CUSTOMERS,
        writers: WRITERS,
        senders: SENDERS,
      });
      const looking = statuses.look(watcher);
      await load.reached(1 + Math.floor(Math.random() * MOST_ACKNOWLEDGED));
      await server.end('SIGKILL');
      await Promise.all([load.stop(), looking.stop()]);
      expect(errorsOf(server)).toEqual([]);
    }

    simulator.trouble.answerLate(0);
    const server = await install.start();
    await askAgain(api, promised);
    const looking = statuses.look(watcher);
    await everySendSettled(api);
    await looking.stop();
    await simulator.settled();
    const messages = await allMessages(api);
    expectReceivedOnce(promised, messages);
    expectSentOnce(promised, messages);
    expect(statuses.moves()).toBeGreaterThan(0);
    expect(await server.end('SIGTERM')).toBe(0);
    expect(errorsOf(server)).toEqual([]);
    await expectSound(folder, [accountId]);
    await expectStatusesKept(folder, accountId);
    await expectUnknownOnlyInFlight(folder, accountId, ROUNDS + Math.floor(ROUNDS / 5));
  },
  DEADLINE_MS,
);

/** A client that got no answer asks again with the same key, and some do that have one: nobody's makes a second message. */
async function askAgain(api: ApiClient, { composed }: Promised): Promise<void> {
  const asking = composed.filter(({ acknowledgedAt }, index) => acknowledgedAt === null || index % 4 === 0);
  await Promise.all(
    asking.map(async ({ conversationId, text, key }) => {
      expect(await api.send(conversationId, text, key)).toBe(202);
    }),
  );
}

async function allMessages(api: ApiClient): Promise<ApiMessage[]> {
  const pages = await Promise.all((await api.conversations()).map(({ id }) => api.messages(id)));
  return pages.flat();
}

/** Asks only for those conversations again in which something was under way. */
async function everySendSettled(api: ApiClient): Promise<void> {
  let unsettled = (await api.conversations()).map(({ id }) => id);
  await until('every send to be settled', async () => {
    const pages = await Promise.all(unsettled.map(async (id) => ({ id, messages: await api.messages(id) })));
    unsettled = pages.filter(({ messages }) => messages.some(isUnderWay)).map(({ id }) => id);
    return unsettled.length === 0;
  });
}

function isUnderWay({ status }: ApiMessage): boolean {
  return ['queued', 'sending', 'accepted', 'sent'].includes(status);
}

/** What was answered 200 is there once; what was not is there once or, for lack of an answer, not at all. */
function expectReceivedOnce({ said }: Promised, messages: readonly ApiMessage[]): void {
  const inbound = messages.filter(({ direction }) => direction === 'in');
  const wamids = new Set(inbound.map(({ wamid }) => wamid));
  const lost = said.filter(({ wamid }) => wamid !== null && !wamids.has(wamid));
  expect(lost).toEqual([]);
  expect(new Set(inbound.map(({ text }) => text)).size).toBe(inbound.length);
}

function expectSentOnce({ composed }: Promised, messages: readonly ApiMessage[]): void {
  const sent = Map.groupBy(install.simulator.sent, sentText);
  const kept = Map.groupBy(
    messages.filter(({ direction }) => direction === 'out'),
    ({ text }) => text,
  );
  expect(kept.size).toBe(composed.length);
  for (const { text } of composed) {
    const times = sent.get(text)?.length ?? 0;
    // A send in flight at the kill is settled by Meta's status if it arrived, and stays unknown if it did not.
    expect({ text, times, statuses: kept.get(text)?.map(({ status }) => status) }).toEqual(
      times === 0 ? { text, times: 0, statuses: ['unknown'] } : { text, times: 1, statuses: ['delivered'] },
    );
  }
}
