import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { contacts, conversations, journal, journalItems, messages } from '#src/db/schema/inbox/index.ts';
import { fullSight, permissions, type Viewer } from '#src/people/viewer.ts';
import { expectErrorInLog, loggedLines } from '#src/testing/log.ts';
import { listFailed, replay } from './replay.ts';
import { bakery, noor, openWebhookBench, text, type WebhookBench, webhookBody } from './testing.ts';

const owner: Viewer = {
  kind: 'person',
  accountId: 1,
  userId: 1,
  name: 'Ada',
  permissions: new Set(permissions),
  sight: fullSight,
};
const agent: Viewer = { ...owner, permissions: new Set(['conversations.read']) };

let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

/** From now on the database itself refuses a message with this text. */
const refuse = (body: string, why = 'refused by the test') =>
  inbox.objects(
    sql.raw(`create trigger refused before insert on messages when new.text = '${body}'
    begin select raise(abort, '${why}'); end`),
  );
const allow = () => inbox.objects(sql.raw('drop trigger refused'));

async function arrive(...bodies: string[]): Promise<void> {
  await Promise.all(bodies.map((body) => bench.post(body)));
  await bench.settled();
}

const one = (wamid: string, body: string, from = `26377${wamid.slice(-7)}`) =>
  text(wamid, body, { from: { from } });
const texts = async () => (await inbox.sql.select().from(messages)).map((row) => row.text).sort();
const states = async () => (await inbox.sql.select().from(journal)).map((row) => row.state);

test('what the database refuses is marked and listed; rows and items beside it are taken in, once', async () => {
  await refuse('poison');
  const items = ['a', 'b', 'poison', 'd', 'e'].map((body, index) => one(`wamid.100000${index}`, body));
  const mixed = { contacts: [], messages: items.flatMap((item) => item.messages) };
  await arrive(
    webhookBody(bakery, one('wamid.2000001', 'before')),
    webhookBody(bakery, mixed),
    webhookBody(bakery, one('wamid.2000002', 'after')),
  );
  expect(await texts()).toEqual(['a', 'after', 'b', 'before', 'd', 'e']);
  expect((await states()).sort()).toEqual(['done', 'done', 'partly']);
  expect(await inbox.sql.select().from(journalItems)).toMatchObject([{ position: 2 }]);
  expect(bench.pushed.flatMap((change) => change.messages ?? [])).toHaveLength(6);
  expect(await inbox.sql.select().from(contacts)).toHaveLength(6);
});

test('a row of which nothing goes in has failed; Replay takes it in when the reason is gone', async () => {
  await refuse('poison');
  await arrive(webhookBody(bakery, one('wamid.1000001', 'poison')));
  const { changes, next } = await listFailed(inbox, { limit: 10 });
  expect([changes.length, next]).toEqual([1, null]);
  const id = changes[0]?.id ?? 0;
  expect(changes[0]).toMatchObject({ state: 'failed', field: 'messages', items: [{ position: 0 }] });

  await expect(replay(bench.services, inbox, id, agent)).rejects.toThrow('settings.manage');
  expect(await replay(bench.services, inbox, id, owner)).toMatchObject({ state: 'failed' });
  await allow();
  expect(await replay(bench.services, inbox, id, owner)).toBeNull();
  expect(await texts()).toEqual(['poison']);
  await expect(replay(bench.services, inbox, id, owner)).rejects.toThrow(`change ${id}`);
});

test('what a Replay could not write is tried by itself again', async () => {
  await refuse('poison');
  await arrive(webhookBody(bakery, one('wamid.1000001', 'poison')));
  const { changes } = await listFailed(inbox, { limit: 10 });
  await allow();
  await refuse('poison', 'the disk is full');
  await expect(replay(bench.services, inbox, changes[0]?.id ?? 0, owner)).rejects.toThrow('disk is full');
  await allow();
  await bench.settled();
  expect(await texts()).toEqual(['poison']);
  expect(await states()).toEqual(['done']);
});

test('while nothing can be written there is one try after the other, however much comes', async () => {
  await refuse('poison', 'the disk is full');
  expectErrorInLog(/webhooks wait to be taken in/);
  for (const wamid of ['wamid.1000001', 'wamid.1000002', 'wamid.1000003']) {
    await arrive(webhookBody(bakery, one(wamid, 'poison')));
  }
  expect(await states()).toEqual(['pending', 'pending', 'pending']);
  expect(loggedLines().filter((line) => line.includes('webhooks wait to be taken in'))).toHaveLength(1);
  await allow();
  await bench.restart();
  inbox = await bench.inbox(bakery);
  expect(await states()).toEqual(['done', 'done', 'done']);
});

test('what of a large change went in before the disk was full is told to screens, once', async () => {
  const bodies = Array.from({ length: 501 }, (_, index) => (index < 500 ? `text ${index}` : 'poison'));
  const items = bodies.flatMap((body, index) => one(`wamid.${1000000 + index}`, body, noor.from).messages);
  const told = () => bench.pushed.flatMap((change) => change.messages ?? []).sort((a, b) => a - b);
  const ids = async () => (await inbox.sql.select().from(messages)).map(({ id }) => id).sort((a, b) => a - b);
  await refuse('poison', 'the disk is full');
  expectErrorInLog(/webhooks wait to be taken in/);
  await arrive(webhookBody(bakery, { messages: items }));
  expect(await states()).toEqual(['pending']);
  expect(await ids()).toHaveLength(500);
  expect(told()).toEqual(await ids());
  await allow();
  await bench.restart();
  inbox = await bench.inbox(bakery);
  expect(await states()).toEqual(['done']);
  expect(await ids()).toHaveLength(501);
  expect(told()).toEqual(await ids());
});

test('what has failed is not walked over by every run', async () => {
  let walkedOver = 0;
  const counted: Inbox = {
    ...inbox,
    rows(statement, params) {
      const rows = inbox.rows(statement, params);
      walkedOver += statement.includes('from journal where') ? rows.length : 0;
      return rows;
    },
  };
  const { accounts } = bench.services;
  bench.services.accounts = { ...accounts, use: (id, work) => accounts.use(id, () => work(counted)) };
  await arrive(webhookBody(bakery, ...Array.from({ length: 30 }, (_, id) => ({ messages: [{ id }] }))));
  expect(new Set(await states())).toEqual(new Set(['failed']));
  walkedOver = 0;
  for (const wamid of ['wamid.1000001', 'wamid.1000002', 'wamid.1000003']) {
    await arrive(webhookBody(bakery, one(wamid, wamid)));
  }
  expect(await texts()).toHaveLength(3);
  expect(walkedOver).toBeLessThan(10);
});

test('signed but malformed items are kept and listed, their neighbours unharmed', async () => {
  const good = one('wamid.1000001', 'fine').messages;
  const items = [null, 7, { id: 'wamid.x' }, { from: '1' }, ...good, { id: 'wamid.y', type: 'text' }];
  await arrive(webhookBody(bakery, { messages: items }));
  expect(await texts()).toEqual(['fine']);
  expect(await states()).toEqual(['partly']);
  const positions = (await inbox.sql.select().from(journalItems)).map((row) => row.position);
  expect(positions).toEqual([0, 1, 2, 3, 5]);
});

test('of a change with a great many items that failed the first ones are listed', async () => {
  await arrive(webhookBody(bakery, { messages: Array.from({ length: 600 }, () => ({})) }));
  const { changes } = await listFailed(inbox, { limit: 10 });
  expect(changes.map(({ items, hasMoreItems }) => [items.length, items[0]?.position, hasMoreItems])).toEqual([
    [20, 0, true],
  ]);
});

test('a thousand updates in one change go in together', async () => {
  const items = Array.from({ length: 1000 }, (_, index) => one(`wamid.${1000000 + index}`, `text ${index}`));
  await arrive(webhookBody(bakery, { messages: items.flatMap((item) => item.messages) }));
  expect(await inbox.sql.select().from(conversations)).toHaveLength(1000);
  expect(await texts()).toHaveLength(1000);
});

test('while a great many items are taken in, everything else goes on', async () => {
  const items = (from: number, count: number) => ({
    messages: Array.from({ length: count }, (_, index) =>
      one(`wamid.${1000000 + from + index}`, `text ${from + index}`),
    ).flatMap(({ messages }) => messages),
  });
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) {
      setImmediate(count);
    }
  };
  await bench.post(
    webhookBody(bakery, items(0, 1_100), items(1_100, 300), items(1_400, 300), items(1_700, 300)),
  );
  setImmediate(count);
  await bench.settled();
  isOver = true;
  expect(await inbox.sql.select().from(messages)).toHaveLength(2_000);
  expect(new Set(await states())).toEqual(new Set(['done']));
  expect(turns).toBeGreaterThan(3);
});

test('a large change is kept with the first of its messages that is not supported, however many there are', async () => {
  const odd = Array.from({ length: 1_100 }, (_, id) => ({
    id,
    from: noor.from,
    type: id < 3 ? 'text' : 'mystery',
    text: { body: 'a' },
  }));
  await arrive(webhookBody(bakery, { messages: odd }));
  const rows = await inbox.sql.select().from(messages);
  expect(rows).toHaveLength(1_100);
  expect(rows.filter(({ raw }) => raw !== null).map(({ wamid }) => wamid)).toEqual(['3']);
});
