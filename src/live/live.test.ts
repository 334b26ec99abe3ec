import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq, sql } from 'drizzle-orm';
import { assign } from '#src/conversations/assignment.ts';
import { HOUR, NOON, seedConversation, seedMessage, seedNumber } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { conversations, events, messages, reads } from '#src/db/schema/inbox/index.ts';
import { fullSight, type Viewer } from '#src/people/viewer.ts';
import { storeOf } from '#src/sessions/find-session.ts';
import { expectErrorInLog } from '#src/testing/log.ts';
import { people } from '#src/testing/people.ts';
import { KEPT_MS } from './history.ts';
import { live } from './routes.ts';
import { openTab, type Tab, type TabOptions } from './testing-tab.ts';

const REFUND = 7;
const GREETING = 8;
const OTHERS = 9;

let shop: ServedShop;
let ada: Viewer;
const tabs: Tab[] = [];

beforeAll(async () => {
  shop = await serveShop((services) => [live(services)]);
  await shop.inbox.write('normal', [
    ...seedConversation(shop.inbox, REFUND, { waitingSince: NOON }),
    ...seedConversation(shop.inbox, GREETING),
    ...seedConversation(shop.inbox, OTHERS),
  ]);
  const permissions = new Set(['conversations.read', 'conversations.write'] as const);
  ada = {
    kind: 'person',
    accountId: shop.accountId,
    userId: shop.adaId,
    name: people.ada.name,
    permissions,
    sight: fullSight,
  };
});
afterAll(() => shop.close());

async function tabOf(userId: number, options: TabOptions = {}): Promise<Tab> {
  const tab = openTab(shop, await shop.cookieOf(userId), options);
  tabs.push(tab);
  await tab.joined;
  return tab;
}

const publish = (...changes: Parameters<ServedShop['services']['live']['publish']>[1]) =>
  shop.services.live.publish(shop.inbox, changes);

test('a message comes to the open thread and its row to every list, each with its number', async () => {
  const open = await tabOf(shop.adaId, { conversation: REFUND });
  const elsewhere = await tabOf(shop.boId, { conversation: GREETING });
  await publish({ conversationId: REFUND, messages: [700] });
  const [said, listed] = [await open.next(), await open.next()];
  expect(said.content).toMatch(/hx-target="#thread-inlet-7".*id="message-700".*id="head-7"/s);
  expect(listed.content).toMatch(/hx-target="#list-inlet".*id="row-7"/s);
  const [boot, n] = said.n.split('-');
  expect(listed.n).toBe(`${boot}-${Number(n) + 1}`);
  expect(shop.services.live.position(shop.accountId)).toBe(listed.n);
  expect(await elsewhere.next()).toEqual(listed);
});

test('what happens within one moment is pushed once a conversation and once a list, in order', async () => {
  await shop.inbox.write('normal', [
    seedMessage(shop.inbox, { id: 702, conversationId: REFUND, orderedAt: NOON + 2000 }),
    seedMessage(shop.inbox, { id: 701, conversationId: REFUND, orderedAt: NOON + 1000 }),
    shop.inbox.sql.insert(events).values({
      id: 71,
      conversationId: REFUND,
      at: NOON,
      actorKind: 'person',
      actorId: shop.boId,
      kind: 'case.reopened',
    }),
  ]);
  const open = await tabOf(shop.adaId, { conversation: REFUND });
  await Promise.all([
    publish({ conversationId: REFUND, messages: [702] }),
    publish({ conversationId: REFUND, messages: [701, 702], events: [71] }),
    publish({ conversationId: GREETING }, { conversationId: REFUND }),
  ]);
  const [said, listed] = [await open.next(), await open.next()];
  expect(said.content?.match(/id="(message|event)-\d+"/g)).toEqual([
    'id="message-701"',
    'id="message-702"',
    'id="event-71"',
  ]);
  expect(said.content).toContain('Bo Sithole reopened the case');
  expect(listed.content?.match(/id="row-\d+"/g)).toEqual(['id="row-7"', 'id="row-8"']);
});

test('what a customer wrote is escaped, and one row that cannot be drawn does not hold up the others', async () => {
  expectErrorInLog(/a change could not be drawn/);
  const markup = '</hx-partial><script>alert(1)</script>';
  const { sql: db } = shop.inbox;
  await shop.inbox.write('normal', [
    seedMessage(shop.inbox, { id: 703, conversationId: REFUND, orderedAt: NOON, text: markup }),
    db.update(conversations).set({ snippet: markup }).where(eq(conversations.id, REFUND)),
    ...seedConversation(shop.inbox, 66, { lastArrivedAt: 9_000_000_000_000_000 }),
  ]);
  const open = await tabOf(shop.adaId, { conversation: REFUND });
  await publish({ conversationId: 66 }, { conversationId: REFUND, messages: [703] });
  const content = [await open.next(), await open.next()].map((push) => push.content).join('');
  expect(content).toContain('&lt;script');
  expect(content).not.toContain('<script');
  await shop.inbox.write('normal', [
    db.delete(messages).where(eq(messages.conversationId, 66)),
    db.delete(conversations).where(eq(conversations.id, 66)),
  ]);
});

test('a socket that comes back gets what it missed, as it is now', async () => {
  const seen = shop.services.live.position(shop.accountId);
  await publish({ conversationId: REFUND, messages: [700] }, { conversationId: OTHERS });
  const back = openTab(shop, await shop.cookieOf(shop.adaId), { conversation: REFUND, seen });
  const { n, content = '' } = await back.joined;
  expect(n).toBe(shop.services.live.position(shop.accountId));
  expect(content).toContain('id="message-700"');
  expect(content).toContain('id="row-7"');
  expect(content).toContain('id="row-9"');
  expect(content).not.toContain('id="row-8"');
  expect(content).toContain('id="count-all"');
  tabs.push(back);
});

test('a socket of another run, or away for too long, is told to fetch everything anew', async () => {
  const seen = shop.services.live.position(shop.accountId);
  const cookie = await shop.cookieOf(shop.adaId);
  const positions = ['0123456789ab-1', 'nonsense', '', `${seen.split('-')[0]}-999999`];
  for (const position of positions) {
    expect((await openTab(shop, cookie, { seen: position }).joined).resync).toBe(true);
  }
  await publish({ conversationId: REFUND });
  shop.clock.now += KEPT_MS + 1;
  expect(await openTab(shop, cookie, { seen }).joined).toMatchObject({ resync: true });
});

test('when a push or a replay cannot be made, pages fetch everything anew', async () => {
  expectErrorInLog(/live pushes could not be made/);
  expectErrorInLog(/a replay could not be made/);
  const tab = await tabOf(shop.adaId, { conversation: REFUND });
  const seen = shop.services.live.position(shop.accountId);
  const cookie = await shop.cookieOf(shop.adaId);
  await shop.inbox.write('full', [sql`alter table reads rename to reads_lost`]);
  await publish({ conversationId: OTHERS, messages: [900] });
  expect((await tab.next()).resync).toBe(true);
  expect((await openTab(shop, cookie, { seen }).joined).resync).toBe(true);
  await shop.inbox.write('full', [sql`alter table reads_lost rename to reads`]);
  const late = openTab(shop, cookie, { seen });
  expect((await late.joined).content).toContain('id="row-9"');
});

test('who publishes waits for their own pushes, not for those that keep coming', async () => {
  const stream = { isOver: false };
  const keepComing = async () => {
    while (!stream.isOver) {
      publish({ conversationId: OTHERS }).catch(() => {});
      await new Promise((resume) => setImmediate(resume));
    }
  };
  const tab = await tabOf(shop.adaId);
  const coming = keepComing();
  await publish({ conversationId: REFUND });
  stream.isOver = true;
  await coming;
  expect(await tab.nextWith(/id="row-7"/)).toContain('hx-target="#list-inlet"');
});

test('counts of who waits follow', async () => {
  const tab = await tabOf(shop.adaId);
  await publish({ conversationId: REFUND });
  const content = await tab.nextCounts(/count-unassigned/);
  expect(content).toMatch(/id="count-unassigned" data-count="1"/);
  expect(content).not.toContain('count-mine');
});

test('nothing crosses from one account to another, not even between equal ids', async () => {
  const { accountId, cookie } = await shop.openOther();
  await shop.services.accounts.use(accountId, async (inbox) => {
    await inbox.write('normal', [
      seedNumber(inbox),
      ...seedConversation(inbox, REFUND, { snippet: 'Theirs' }),
    ]);
  });
  const foreign = openTab(shop, cookie, {
    conversation: REFUND,
    seen: shop.services.live.position(accountId),
  });
  await foreign.joined;
  await publish({ conversationId: REFUND, messages: [700] });
  await shop.services.live.publish({ accountId }, [{ conversationId: REFUND, messages: [700] }]);
  const [said, listed] = [await foreign.next(), await foreign.next()];
  expect(said.n).toMatch(/-1$/);
  expect(listed.content).toContain('Theirs');
  expect(foreign.rest()).toEqual([]);
});

test('a page of another origin, or nobody, gets no socket', async () => {
  const cookie = await shop.cookieOf(shop.adaId);
  const elsewhere = openTab(shop, cookie, { headers: { origin: 'https://evil.example' } });
  const crossSite = openTab(shop, cookie, { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(await elsewhere.closed).toBe(1006);
  expect(await crossSite.closed).toBe(1006);
  expect(await openTab(shop, '').closed).toBe(1006);
  for (const tab of [elsewhere, crossSite]) {
    expect(tab.rest()).toEqual([]);
  }
});

test('a session that is over is told so for good', async () => {
  expect(await openTab(shop, `oono=${'x'.repeat(43)}`).closed).toBe(4401);
});

test('who is signed out elsewhere loses this session’s sockets and keeps the others', async () => {
  const cookie = await shop.cookieOf(shop.adaId);
  const ended = openTab(shop, cookie);
  const other = await tabOf(shop.adaId);
  await ended.joined;
  await storeOf(shop.services).end(cookie.split('=')[1] ?? '');
  await shop.services.live.revalidate(shop.adaId);
  expect(await ended.closed).toBe(4401);
  await publish({ conversationId: OTHERS });
  expect((await other.next()).content).toContain('id="row-9"');
});

test('a socket that was quiet beyond its session’s life gets nothing more', async () => {
  const tab = openTab(shop, await shop.cookieOf(shop.adaId));
  await tab.joined;
  shop.clock.now += 12 * HOUR;
  await publish({ conversationId: OTHERS });
  expect(await tab.closed).toBe(4401);
  expect(tab.rest()).toEqual([]);
});

test('who may see only their own gets those rows, and loses one that is assigned to another', async () => {
  await shop.restrict(shop.boId, ['conversations.read', 'conversations.write'], 'own');
  await assign(shop.inbox, { conversationId: GREETING, assigneeId: shop.boId }, ada, NOON);
  const bo = await tabOf(shop.boId, { conversation: GREETING });
  await publish({ conversationId: OTHERS, messages: [900] }, { conversationId: GREETING, messages: [800] });
  expect((await bo.next()).content).toContain('id="message-800"');
  expect((await bo.next()).content).toContain('id="row-8"');

  const seen = shop.services.live.position(shop.accountId);
  const changes = await assign(shop.inbox, { conversationId: GREETING, assigneeId: null }, ada, NOON);
  await publish(...changes, { conversationId: GREETING, messages: [800] });
  const removal = await bo.nextWith(/row-8/);
  expect(removal).toBe('<hx-partial hx-target="#row-8" hx-swap="delete"></hx-partial>');
  expect(removal).not.toContain('Hello from 8');
  const late = openTab(shop, await shop.cookieOf(shop.boId), { conversation: GREETING, seen });
  const { content = '' } = await late.joined;
  expect(content).toContain('<hx-partial hx-target="#row-8" hx-swap="delete"></hx-partial>');
  expect(content).not.toContain('Hello from 8');
});

test('a page says how far it was read; anything else is neither done nor answered', async () => {
  await shop.restrict(shop.boId, ['conversations.read']);
  const tab = await tabOf(shop.boId, { conversation: REFUND });
  const nonsense = [
    'not json',
    '{"do":"close","conversation":7}',
    { do: 'read', conversation: '7', message: 700 },
    { do: 'read', conversation: REFUND, message: 900 },
    { do: 'read', conversation: 404_404, message: 700 },
    ['read'],
    null,
  ];
  for (const message of nonsense) {
    tab.say(message);
  }
  tab.say({ do: 'read', conversation: REFUND, message: 700 });
  const marker = await read();
  expect(marker).toMatchObject([{ userId: shop.boId, conversationId: REFUND, messageId: 700 }]);
  const heard = { kind: 'read', conversation: REFUND, message: 700 };
  expect((await tab.next()).tell).toEqual(heard);
  expect(tab.rest()).toEqual([]);
  expect(shop.poked).toEqual([shop.accountId]);
});

test('who cannot be noted as having read, as on a full disk, keeps their socket', async () => {
  const tab = await tabOf(shop.adaId, { conversation: GREETING });
  await shop.inbox.write('full', [
    sql`create trigger disk_full before insert on reads begin
    select raise(abort, 'full'); end`,
  ]);
  tab.say({ do: 'read', conversation: GREETING, message: 800 });
  tab.say({ do: 'open', conversation: GREETING, seen: shop.services.live.position(shop.accountId) });
  const heard = await Promise.race([tab.closed, tab.next()]);
  await shop.inbox.write('full', [sql`drop trigger disk_full`]);
  expect(heard).toMatchObject({ joined: true });
  await publish({ conversationId: GREETING, messages: [800] });
  expect(await tab.nextWith(/thread-inlet/)).toContain('id="message-800"');
});

/** The marker, once it is there: no event tells a bystander. */
async function read() {
  for (;;) {
    const rows = await shop.inbox.sql.select().from(reads);
    if (rows.length > 0) {
      return rows;
    }
    await new Promise((resume) => setImmediate(resume));
  }
}

test('a socket whose page goes on looking gets nothing beyond its session’s life, which only use prolongs', async () => {
  const [cookie, usedCookie] = [await shop.cookieOf(shop.adaId), await shop.cookieOf(shop.adaId)];
  const [tab, used] = [openTab(shop, cookie), openTab(shop, usedCookie)];
  await Promise.all([tab.joined, used.joined]);
  shop.clock.now += 11 * HOUR;
  tab.say({ do: 'read', conversation: OTHERS, message: 900 });
  expect(await tab.next()).toMatchObject({ tell: { kind: 'read' } });
  await storeOf(shop.services).find(usedCookie.split('=')[1] ?? '');
  shop.clock.now += HOUR;
  await publish({ conversationId: OTHERS });
  expect(await tab.closed).toBe(4401);
  expect(tab.rest()).toEqual([]);
  expect(await used.nextWith(/row-9/)).toContain('id="row-9"');
  used.close();
});

test('when the server stops, every page is told to come back', async () => {
  const tab = await tabOf(shop.adaId);
  await shop.services.live.drain();
  expect(await tab.closed).toBe(1012);
});
