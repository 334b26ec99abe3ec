import { afterAll, beforeAll, expect, test } from 'bun:test';
import { NOON, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { createLive } from './live.ts';
import { live } from './routes.ts';
import { openTab } from './testing-tab.ts';

const REFUND = 7;
const GREETING = 8;

let shop: ServedShop;

beforeAll(async () => {
  shop = await serveShop((services) => {
    services.live = createLive({ log: services.log, now: services.now, pulseMs: 50 });
    return [live(services)];
  });
  await shop.inbox.write('normal', [
    ...seedConversation(shop.inbox, REFUND),
    ...seedConversation(shop.inbox, GREETING),
    seedMessage(shop.inbox, { id: 801, conversationId: GREETING, orderedAt: NOON + 1 }),
    seedMessage(shop.inbox, { id: 802, conversationId: GREETING, orderedAt: NOON + 2 }),
  ]);
});
afterAll(() => shop.close());

const publish = (...changes: Parameters<ServedShop['services']['live']['publish']>[1]) =>
  shop.services.live.publish(shop.inbox, changes);
const position = () => shop.services.live.position(shop.accountId);

test('a page that goes on to another conversation gets what came since that was drawn, and what comes', async () => {
  const tab = openTab(shop, await shop.cookieOf(shop.adaId), { conversation: REFUND });
  expect(await tab.joined).toMatchObject({ joined: true });
  const drawn = position();
  await publish({ conversationId: GREETING, messages: [801] });
  tab.say({ do: 'open', conversation: GREETING, seen: drawn });
  expect(await tab.nextWith(/thread-inlet/)).toContain('id="message-801"');
  await publish({ conversationId: REFUND, messages: [700] }, { conversationId: GREETING, messages: [802] });
  const pushed = await tab.nextWith(/thread-inlet/);
  expect(pushed).toContain('id="message-802"');
  expect(tab.rest().filter(({ content }) => content?.includes('id="message-700"'))).toEqual([]);
  tab.close();
});

test('of two choices in a row the last one holds', async () => {
  const tab = openTab(shop, await shop.cookieOf(shop.adaId));
  await tab.joined;
  for (const conversation of [GREETING, REFUND, null, GREETING, REFUND]) {
    tab.say({ do: 'open', conversation, seen: position() });
  }
  for (let joined = 0; joined < 5; ) {
    joined += (await tab.next()).joined ? 1 : 0;
  }
  await publish({ conversationId: GREETING, messages: [801] }, { conversationId: REFUND, messages: [700] });
  expect(await tab.nextWith(/thread-inlet/)).toContain('id="message-700"');
  tab.close();
});

test('who may not see a conversation does not join it by asking', async () => {
  await shop.restrict(shop.boId, ['conversations.read', 'conversations.write'], 'own');
  const tab = openTab(shop, await shop.cookieOf(shop.boId));
  await tab.joined;
  tab.say({ do: 'open', conversation: REFUND, seen: position() });
  for (; !(await tab.next()).joined; ) {}
  await publish({ conversationId: REFUND, messages: [700] });
  expect(tab.rest().filter(({ content }) => content !== undefined)).toEqual([]);
  tab.close();
});

test('a silent line says now and then that it is alive, and where it stands', async () => {
  const tab = openTab(shop, await shop.cookieOf(shop.adaId));
  await tab.joined;
  expect(await tab.next()).toEqual({ n: position() });
  tab.close();
});
