import { afterAll, beforeAll, expect, test } from 'bun:test';
import { asFragment, type Client } from '#src/testing/client.ts';
import { conversations } from './routes.tsx';
import { seedConversation, seedMessage } from './testing.ts';
import { type ServedShop, serveShop } from './testing-server.ts';

const REFUND = 7;
const GREETING = 8;

let shop: ServedShop;
let ada: Client;

beforeAll(async () => {
  shop = await serveShop((services) => [conversations(services)]);
  const at = shop.clock.now;
  await shop.inbox.write('normal', [
    ...seedConversation(shop.inbox, REFUND, { waitingSince: at, lastInboundId: 702 }),
    ...seedConversation(shop.inbox, GREETING),
    seedMessage(shop.inbox, { id: 701, conversationId: REFUND, orderedAt: at, text: 'Where is it?' }),
    seedMessage(shop.inbox, { id: 702, conversationId: REFUND, orderedAt: at, text: 'Hello?' }),
  ]);
  ada = await shop.as(shop.adaId);
});
afterAll(() => shop.close());

test('what is opened from the list comes as its panes, a title and a heading, without the list', async () => {
  const answer = await ada.get(`/inbox/all/${REFUND}`, asFragment);
  const html = await answer.text();
  expect(answer.headers.get('vary')).toContain('HX-Request');
  expect(answer.headers.get('cache-control')).toContain('no-store');
  expect(html).toMatch(/^<title>[^<]+ · All · OonoBox<\/title><h1 /);
  expect(html).toMatch(/<section[^>]* id="thread".*Where is it\?.*<section[^>]* id="contact-7"/s);
  expect(html).not.toMatch(/<html|<body|<inbox-list|id="row-|data-group/);
});

test('the heading carries what is said aloud, and where live pushes go on', async () => {
  const html = await (await ada.get(`/inbox/all/${REFUND}`, asFragment)).text();
  expect(html).toMatch(/<h1[^>]* data-say="Conversation with [^"]+, 3 unread"/);
  expect(html).toContain(`data-live="${shop.services.live.position(shop.accountId)}"`);
});

test('going back to the list comes as the empty panes', async () => {
  const html = await (await ada.get('/inbox/all', asFragment)).text();
  expect(html).toMatch(
    /^<title>[^<]*All · OonoBox<\/title><h1[^>]*>All<\/h1><section class="thread thread--none"/,
  );
  expect(html).not.toContain('row__item');
});

test('a restored history entry is a whole page, and what is not there is not opened', async () => {
  const restored = await ada.get(`/inbox/all/${REFUND}`, {
    ...asFragment,
    'hx-history-restore-request': 'true',
  });
  expect(await restored.text()).toStartWith('<!doctype html><html');
  expect((await ada.get('/inbox/all/4242', asFragment)).status).toBe(404);
  expect((await ada.get('/inbox/nowhere/7', asFragment)).status).toBe(404);
  expect((await shop.anonymous.get(`/inbox/all/${REFUND}`, asFragment)).status).toBe(401);
});
