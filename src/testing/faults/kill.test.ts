import { afterAll, expect, test } from 'bun:test';
import { openControl } from '#src/db/control.ts';
import { createIds } from '#src/db/ids.ts';
import { openInbox } from '#src/db/inbox.ts';
import { openKeyring } from '#src/db/keyring.ts';
import { loadRootKey } from '#src/db/root-key.ts';
import { openTestLog } from '../log.ts';
import { until } from '../until.ts';
import { type ApiClient, type ApiMessage, apiClient } from './api-client.ts';
import { type Install, openInstall } from './install.ts';
import { isLong } from './long.ts';

const ROUNDS = isLong ? 200 : 20;
const DEADLINE_MS = (60 + ROUNDS * 9) * 1000;
const WRITERS = 24;
const SENDERS = 8;
/** So many that nobody gets more than the 45 messages Meta takes for one person at once: the rest would wait. */
const CUSTOMERS = Math.max(WRITERS, ROUNDS * 3);

let install: Install;
afterAll(() => install?.close());

/** What the other side was promised, and what it must therefore find. */
type Promises = {
  /** wamids whose webhook was answered 200. */
  received: Set<string>;
  /** Texts by idempotency key: sent by a client that goes on asking until it is told 202. */
  composed: Map<string, { conversationId: number; text: string; taken: boolean }>;
};

test(
  'kill -9 under load: nothing acknowledged is lost, nothing is sent twice, unknown only what never reached Meta',
  async () => {
    install = await openInstall();
    const { simulator } = install;
    const api = apiClient(install);
    const promises: Promises = { received: new Set(), composed: new Map() };
    // Meta goes on delivering statuses while the server is down.
    simulator.trouble.retry({ attempts: 400, firstDelay: 20, longestDelay: 250 });
    await meetEverybody(api, promises);

    for (let round = 0; round < ROUNDS; round++) {
      const server = await install.start();
      const load = startLoad(api, promises, round);
      await load.reached(1 + Math.floor(Math.random() * 120));
      await server.end('SIGKILL');
      await load.stop();
    }

    const server = await install.start();
    await askAgainForTheUnanswered(api, promises);
    const messages = await until('every send to be settled', () => whenSettled(api));
    await simulator.settled();
    expectEverythingReceivedOnce(promises, messages);
    expectEverythingSentOnce(promises, await allMessages(api));
    expect(await server.end('SIGTERM')).toBe(0);
    await expectSoundDatabases();
  },
  DEADLINE_MS,
);

const customer = (index: number) => install.simulator.customer(`+263770000${String(index).padStart(3, '0')}`);

async function meetEverybody(api: ApiClient, promises: Promises): Promise<void> {
  const server = await install.start();
  for (let index = 0; index < CUSTOMERS; index++) {
    promises.received.add(await customer(index).say(install.number.phoneNumberId, 'hello'));
  }
  await until('a conversation with everybody', async () => (await api.conversations()).length === CUSTOMERS);
  await server.end();
}

/** Customers write and an integrator sends, each as fast as it is answered, until the server is gone. */
function startLoad(api: ApiClient, promises: Promises, round: number) {
  let acknowledged = 0;
  let wanted = Number.POSITIVE_INFINITY;
  let stopped = false;
  const enough = Promise.withResolvers<void>();
  const count = () => {
    acknowledged += 1;
    if (acknowledged >= wanted) {
      enough.resolve();
    }
  };

  async function write(lane: number): Promise<void> {
    for (let n = 0; !stopped; n++) {
      const wamid = await customer((lane + n * WRITERS) % CUSTOMERS).say(
        install.number.phoneNumberId,
        `in ${round}.${n}`,
        {
          retry: false,
        },
      );
      promises.received.add(wamid);
      count();
    }
  }

  async function send(lane: number, conversations: number[]): Promise<void> {
    for (let n = 0; !stopped; n++) {
      const key = `${round}-${lane}-${n}`;
      const conversationId = conversations[(lane + n * SENDERS) % conversations.length] ?? 0;
      const composed = { conversationId, text: `out ${key}`, taken: false };
      promises.composed.set(key, composed);
      composed.taken = (await api.send(conversationId, composed.text, key)) === 202;
      count();
    }
  }

  // Each ends when the server does: its last request is refused or cut off.
  const customers = Array.from({ length: WRITERS }, (_, lane) => write(lane).catch(() => {}));
  const senders = api
    .conversations()
    .then((found) => found.map(({ id }) => id))
    .then((ids) => Promise.all(Array.from({ length: SENDERS }, (_, lane) => send(lane, ids).catch(() => {}))))
    .catch(() => {});

  return {
    reached(many: number) {
      wanted = many;
      return enough.promise;
    },
    async stop() {
      stopped = true;
      await Promise.all([...customers, senders]);
    },
  };
}

/** A client that got no answer asks again with the same key: it must not make a second message. */
async function askAgainForTheUnanswered(api: ApiClient, promises: Promises): Promise<void> {
  for (const [key, composed] of promises.composed) {
    expect(await api.send(composed.conversationId, composed.text, key)).toBe(202);
    composed.taken = true;
  }
}

async function allMessages(api: ApiClient): Promise<ApiMessage[]> {
  const pages = await Promise.all((await api.conversations()).map(({ id }) => api.messages(id)));
  return pages.flat();
}

async function whenSettled(api: ApiClient): Promise<ApiMessage[] | null> {
  const messages = await allMessages(api);
  const underWay = messages.some(({ status }) => ['queued', 'sending', 'accepted', 'sent'].includes(status));
  return underWay ? null : messages;
}

function expectEverythingReceivedOnce({ received }: Promises, messages: ApiMessage[]): void {
  const inbound = messages.filter(({ direction }) => direction === 'in').map(({ wamid }) => wamid ?? '');
  const lost = [...received].filter((wamid) => !inbound.includes(wamid));
  expect(lost).toEqual([]);
  expect(new Set(inbound).size).toBe(inbound.length);
}

function expectEverythingSentOnce({ composed }: Promises, messages: ApiMessage[]): void {
  const sentTexts = install.simulator.sent.map(({ body }) => textOf(body));
  for (const { text } of composed.values()) {
    const kept = messages.filter((message) => message.text === text);
    expect(kept).toHaveLength(1);
    const times = sentTexts.filter((sent) => sent === text).length;
    // A send in flight at the kill is settled by Meta's status if it arrived, and stays unknown if it did not.
    expect({ text, times, status: kept[0]?.status }).toEqual(
      times === 0 ? { text, times: 0, status: 'unknown' } : { text, times: 1, status: 'delivered' },
    );
  }
}

function textOf(body: Record<string, unknown>): string {
  const { text } = body;
  return typeof text === 'object' && text !== null && 'body' in text ? String(text.body) : '';
}

async function expectSoundDatabases(): Promise<void> {
  const log = openTestLog();
  const keyring = openKeyring(install.folder, loadRootKey(install.folder, null));
  const control = await openControl(install.folder, keyring, createIds(Date.now), log);
  const inbox = await openInbox(install.folder, install.accountId, keyring, createIds(Date.now), log);
  for (const database of [control, inbox]) {
    const checked = database.rows('pragma integrity_check');
    expect(checked.flat()).toEqual(['ok']);
    expect(database.rows('pragma foreign_key_check')).toEqual([]);
    await database.close();
  }
}
