import { afterAll, beforeAll, expect, test } from 'bun:test';
import { seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { fullSight, type Permission } from '#src/people/viewer.ts';
import { VIEWING_MS, WRITING_MS } from './presence.ts';
import { live } from './routes.ts';
import { openTab, type Tab } from './testing-tab.ts';

const REFUND = 7;
const GREETING = 8;

let shop: ServedShop;
const tabs: Tab[] = [];

beforeAll(async () => {
  shop = await serveShop((services) => [live(services)]);
  await shop.inbox.write('normal', [
    ...seedConversation(shop.inbox, REFUND),
    ...seedConversation(shop.inbox, GREETING),
  ]);
});
afterAll(() => shop.close());

async function tabOf(userId: number, conversation = REFUND): Promise<Tab> {
  const tab = openTab(shop, await shop.cookieOf(userId), { conversation });
  tabs.push(tab);
  await tab.joined;
  return tab;
}

/** Who a push says is there, in words: nobody is an empty list. */
const who = (content: string) => [...content.matchAll(/<bdi>([^<]*)<\/bdi>/g)].map(([, words]) => words);
const nextWho = async (tab: Tab) => who(await tab.nextWith(/presence-\d+/));

const viewing = { do: 'viewing' };
const typing = { do: 'typing' };

async function leaveAll(): Promise<void> {
  for (const tab of tabs.splice(0)) {
    tab.close();
    await tab.closed;
  }
}

test('two agents in one conversation see each other view, write, and leave; nobody sees themselves', async () => {
  const ada = await tabOf(shop.adaId);
  const bo = await tabOf(shop.boId);
  ada.say(viewing);
  expect(await nextWho(bo)).toEqual(['Ada is viewing']);
  expect(await nextWho(ada)).toEqual([]);
  bo.say(viewing);
  expect(await nextWho(ada)).toEqual(['Bo Sithole is viewing']);
  bo.say(typing);
  expect(await nextWho(ada)).toEqual(['Bo Sithole is writing']);
  bo.say(viewing);
  expect(await nextWho(ada)).toEqual(['Bo Sithole is viewing']);
  bo.close();
  expect(await nextWho(ada)).toEqual([]);
  await leaveAll();
});

test('who comes later is told who is there', async () => {
  const ada = await tabOf(shop.adaId);
  ada.say(typing);
  await ada.nextWith(/presence-7/);
  const bo = await tabOf(shop.boId);
  expect(await nextWho(bo)).toEqual(['Ada is writing']);
  await leaveAll();
});

test('a sign holds for a while and fades without another', async () => {
  const ada = await tabOf(shop.adaId);
  const bo = await tabOf(shop.boId);
  ada.say(typing);
  expect(await nextWho(bo)).toEqual(['Ada is writing']);
  shop.clock.now += WRITING_MS;
  expect(await nextWho(bo)).toEqual(['Ada is viewing']);
  shop.clock.now += VIEWING_MS - WRITING_MS;
  expect(await nextWho(bo)).toEqual([]);
  await leaveAll();
});

test('a sign fades in time, although the clock was set back', async () => {
  const ada = await tabOf(shop.adaId);
  const bo = await tabOf(shop.boId);
  ada.say(viewing);
  expect(await nextWho(bo)).toEqual(['Ada is viewing']);
  shop.clock.now -= 60 * 60_000;
  // Who comes now looks at the clock.
  const late = await tabOf(shop.boId);
  expect(await nextWho(late)).toEqual(['Ada is viewing']);
  shop.clock.now += VIEWING_MS;
  expect(await nextWho(bo)).toEqual([]);
  await leaveAll();
});

test('two tabs are one person, who is there until the last of them has gone', async () => {
  const [one, two, bo] = [await tabOf(shop.adaId), await tabOf(shop.adaId), await tabOf(shop.boId)];
  one.say(viewing);
  expect(await nextWho(bo)).toEqual(['Ada is viewing']);
  two.say(typing);
  expect(await nextWho(bo)).toEqual(['Ada is writing']);
  two.close();
  expect(await nextWho(bo)).toEqual(['Ada is viewing']);
  one.close();
  expect(await nextWho(bo)).toEqual([]);
  await leaveAll();
});

test('nothing is told to other conversations, and nothing of it is replayed', async () => {
  const ada = await tabOf(shop.adaId);
  const elsewhere = await tabOf(shop.boId, GREETING);
  const before = shop.services.live.position(shop.accountId);
  ada.say(viewing);
  await ada.nextWith(/presence-7/);
  expect(elsewhere.rest()).toEqual([]);
  expect(shop.services.live.position(shop.accountId)).toBe(before);
  await leaveAll();
});

test('who opens another conversation is there and no longer here', async () => {
  const [ada, bo] = [await tabOf(shop.adaId), await tabOf(shop.boId)];
  ada.say(viewing);
  expect(await nextWho(bo)).toEqual(['Ada is viewing']);
  ada.say({ do: 'open', conversation: GREETING, seen: shop.services.live.position(shop.accountId) });
  expect(await nextWho(bo)).toEqual([]);
  await leaveAll();
});

test('who may not answer is never said to write, and who may not see it is not said to be there', async () => {
  await shop.restrict(shop.boId, ['conversations.read']);
  const [ada, bo] = [await tabOf(shop.adaId), await tabOf(shop.boId)];
  bo.say(typing);
  expect(await nextWho(ada)).toEqual(['Bo Sithole is viewing']);

  await shop.restrict(shop.boId, ['conversations.read', 'conversations.write'], 'own');
  await shop.services.live.revalidate(shop.boId);
  expect(await nextWho(ada)).toEqual([]);
  bo.say(viewing);
  ada.say(typing);
  expect(await nextWho(ada)).toEqual([]);
  const { accountId, boId } = shop;
  const viewer = {
    kind: 'person',
    accountId,
    userId: boId,
    name: '',
    permissions: new Set<Permission>(),
    sight: fullSight,
  } as const;
  shop.services.live.tell(viewer, { content: 'the end' });
  const heard = [await bo.next()];
  while (heard.at(-1)?.content !== 'the end') {
    heard.push(await bo.next());
  }
  expect(heard.map(({ content }) => content)).not.toContainEqual(expect.stringContaining('Ada'));
  await leaveAll();
});
