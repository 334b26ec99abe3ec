import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq, sql } from 'drizzle-orm';
import { NOON, openShop, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { contacts, jobs, messages } from '#src/db/schema/inbox/index.ts';
import { indexSome } from './backfill.ts';
import { indexMessages, renameContacts } from './index-rows.ts';
import { checkMergedIndexes, contactsOf, find, idsOf, segmentsOf } from './testing.ts';

const OLD = 1_100;

let shop: Awaited<ReturnType<typeof openShop>>;
let inbox: Inbox;

/** An inbox as the migration leaves one that was in use before. */
beforeEach(async () => {
  shop = await openShop();
  ({ inbox } = shop);
  await inbox.write('normal', [
    ...seedConversation(inbox, 7),
    ...seedConversation(inbox, 8),
    ...Array.from({ length: OLD }, (_, index) =>
      seedMessage(inbox, {
        id: 2000 + index,
        conversationId: 7,
        orderedAt: NOON + index,
        text: `old ${index}`,
      }),
    ),
    inbox.sql.insert(jobs).values({ id: 1, kind: 'search.contacts', dueAt: 1, state: 'open', data: '8' }),
    inbox.sql
      .insert(jobs)
      .values({ id: 2, kind: 'search.messages', dueAt: 1, state: 'open', data: String(2000 + OLD - 1) }),
  ]);
});
afterEach(() => shop.close());

test('old messages and contacts become searchable step by step, the newest first, and it is told how far', async () => {
  await indexSome(inbox);
  expect(contactsOf(await find(inbox, 'customer'))).toEqual([8, 7]);
  await indexSome(inbox);
  const found = await find(inbox, 'old', { messages: 5 });
  expect(idsOf(found)[0]).toBe(2000 + OLD - 1);
  expect(found.preparingBefore).toBeGreaterThan(NOON);
  while (await indexSome(inbox)) {
    // A step at a time.
  }
  const all = await find(inbox, 'old', { messages: 2 * OLD });
  expect(all.messages).toHaveLength(OLD);
  expect(all.preparingBefore).toBeNull();
  expect(idsOf(await find(inbox, 'hello'))).toEqual([800, 700]);
  expect(await inbox.sql.select().from(jobs)).toEqual([]);
  await checkMergedIndexes(inbox);
});

test('a step makes one segment, and who is renamed before their turn is found by the new name', async () => {
  await inbox.write('normal', [
    inbox.sql.update(contacts).set({ name: 'Renamed' }).where(eq(contacts.id, 7)),
    ...renameContacts([{ id: 7, search: 'renamed' }]),
  ]);
  expect((await find(inbox, 'renamed')).contacts).toEqual([]);
  await indexSome(inbox);
  expect(contactsOf(await find(inbox, 'renamed'))).toEqual([7]);
  await indexSome(inbox);
  expect(await segmentsOf(inbox)).toBe(1);
  expect(await segmentsOf(inbox, 'contact_search')).toBe(1);
  await inbox.write('normal', renameContacts([{ id: 7, search: 'again' }]));
  expect(contactsOf(await find(inbox, 'again'))).toEqual([7]);
});

test('what arrives, changes or is deleted meanwhile is in the index once, or not at all', async () => {
  await indexSome(inbox);
  await indexSome(inbox);
  await inbox.write('normal', [
    seedMessage(inbox, { id: 9000, conversationId: 7, orderedAt: NOON, text: 'brandnew' }),
    ...indexMessages([{ id: 9000, text: 'brandnew' }]),
    inbox.sql.update(messages).set({ text: 'edited before its turn' }).where(eq(messages.id, 2001)),
    inbox.sql.delete(messages).where(eq(messages.id, 2002)),
  ]);
  while (await indexSome(inbox)) {
    // A step at a time.
  }
  await checkMergedIndexes(inbox);
  expect(idsOf(await find(inbox, 'brandnew'))).toEqual([9000]);
  expect(idsOf(await find(inbox, 'edited turn'))).toEqual([2001]);
  const [{ count } = { count: 0 }] = inbox.objects<{ count: number }>(
    sql`select count(*) as count from message_search_docsize`,
  );
  expect(count).toBe(OLD + 2);
});

test('an inbox that began with an index has nothing to catch up with', async () => {
  const fresh = await openShop();
  expect(await fresh.inbox.sql.select().from(jobs)).toEqual([]);
  expect(await indexSome(fresh.inbox)).toBe(false);
  await fresh.close();
});
