import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import { live } from './routes.ts';
import { openTab } from './testing-tab.ts';

const OLDER = 7;
const YOUNGER = 8;

let shop: ServedShop;

/** The younger one was merged into the older. */
beforeAll(async () => {
  shop = await serveShop((services) => [live(services)]);
  await shop.inbox.write('normal', [
    ...seedConversation(shop.inbox, OLDER),
    ...seedConversation(shop.inbox, YOUNGER),
    shop.inbox.sql.update(conversations).set({ mergedIntoId: OLDER }).where(eq(conversations.id, YOUNGER)),
  ]);
});
afterAll(() => shop.close());

const publish = (...changes: Parameters<ServedShop['services']['live']['publish']>[1]) =>
  shop.services.live.publish(shop.inbox, changes);
const tabOn = async (conversation: number, seen?: string) =>
  openTab(shop, await shop.cookieOf(shop.adaId), { conversation, ...(seen ? { seen } : {}) });

test('what happens to a message of the younger is shown in the older, and the younger leaves the lists', async () => {
  const tab = await tabOn(OLDER);
  await tab.joined;
  await publish({ conversationId: YOUNGER, messages: [800] });
  const thread = await tab.nextWith(/id="message-800"/);
  expect(thread).toContain('hx-target="#thread-inlet-7"');
  const list = await tab.nextWith(/id="row-7"/);
  expect(list).toContain('hx-target="#row-8" hx-swap="delete"');
  expect(list).not.toContain('id="row-8"');
  tab.close();
});

test('who has either open when they are merged or parted is told to fetch it anew, also after a gap', async () => {
  const seen = shop.services.live.position(shop.accountId);
  const [older, younger] = [await tabOn(OLDER), await tabOn(YOUNGER)];
  await Promise.all([older.joined, younger.joined]);
  await publish({ conversationId: OLDER, redraw: true }, { conversationId: YOUNGER, redraw: true });
  expect(await older.next()).toMatchObject({ redraw: true });
  expect(await younger.next()).toMatchObject({ redraw: true });
  const back = await tabOn(YOUNGER, seen);
  expect(await back.joined).toMatchObject({ joined: true, redraw: true });
  for (const tab of [older, younger, back]) {
    tab.close();
  }
});
