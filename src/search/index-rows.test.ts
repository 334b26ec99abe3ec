import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq, sql } from 'drizzle-orm';
import { NOON, openShop, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, contacts, files, messages } from '#src/db/schema/inbox/index.ts';
import { indexContacts, indexMessages, renameContacts } from './index-rows.ts';
import {
  bytesOfIndexes,
  checkIndexes,
  checkMergedIndexes,
  find,
  idsOf,
  indexAll,
  segmentsOf,
} from './testing.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let inbox: Inbox;

beforeEach(async () => {
  shop = await openShop();
  ({ inbox } = shop);
  await inbox.write('normal', [
    ...seedConversation(inbox, 7),
    seedMessage(inbox, { id: 800, conversationId: 7, orderedAt: NOON, text: 'The wrongword geyser' }),
    seedMessage(inbox, { id: 801, conversationId: 7, orderedAt: NOON, text: '' }),
    inbox.sql.insert(files).values({ id: 31, name: 'secretname.pdf', mime: 'a/b', state: 'waiting' }),
    inbox.sql.insert(attachments).values({ messageId: 801, position: 0, fileId: 31 }),
  ]);
  await indexAll(inbox);
});
afterEach(() => shop.close());

const indexed = async () => {
  const rows = inbox.objects<{ id: number }>(sql`select id from message_search_docsize order by id`);
  return rows.map(({ id }) => id);
};

test('what has no words produces no statement', async () => {
  expect(indexMessages([])).toEqual([]);
  expect(
    indexMessages([
      { id: 1, text: '' },
      { id: 2, text: '', file: null },
    ]),
  ).toEqual([]);
  expect(indexContacts([{ id: 1, search: '' }])).toEqual([]);
  expect(renameContacts([])).toEqual([]);
  expect(await indexed()).toEqual([700, 800, 801]);
});

test('ids that come in any order make one segment of a batch', async () => {
  const before = await segmentsOf(inbox);
  const ids = [905, 901, 903, 902, 904];
  await inbox.write('normal', [
    ...ids.map((id) => seedMessage(inbox, { id, conversationId: 7, orderedAt: NOON, text: 'unsorted' })),
    ...indexMessages(ids.map((id) => ({ id, text: 'unsorted' }))),
  ]);
  expect(await segmentsOf(inbox)).toBe(before + 1);
  await checkIndexes(inbox);
});

test('an edited text is found by its new words, and nothing of the old ones is left', async () => {
  expect(await bytesOfIndexes(inbox)).toContain('wrongword');
  await inbox.write('normal', [
    inbox.sql.update(messages).set({ text: 'The rightword geyser' }).where(eq(messages.id, 800)),
  ]);
  expect(idsOf(await find(inbox, 'rightword'))).toEqual([800]);
  expect(idsOf(await find(inbox, 'wrongword'))).toEqual([]);
  expect(await bytesOfIndexes(inbox)).not.toContain('wrongword');
  await checkMergedIndexes(inbox);
});

test('a deleted message leaves no trace, nor does the name of its file', async () => {
  await inbox.write('normal', [inbox.sql.update(files).set({ name: null }).where(eq(files.id, 31))]);
  expect(await bytesOfIndexes(inbox)).not.toContain('secretname');
  expect(await indexed()).toEqual([700, 800]);
  await inbox.write('normal', [inbox.sql.delete(messages).where(eq(messages.id, 800))]);
  expect(await bytesOfIndexes(inbox)).not.toContain('wrongword');
  expect(await indexed()).toEqual([700]);
  await checkMergedIndexes(inbox);
});

test('a file that comes or goes later changes what its message is found by', async () => {
  await inbox.write('normal', [inbox.sql.delete(attachments).where(eq(attachments.messageId, 801))]);
  expect(idsOf(await find(inbox, 'secretname'))).toEqual([]);
  await inbox.write('normal', [
    inbox.sql.insert(attachments).values({ messageId: 800, position: 0, fileId: 31 }),
  ]);
  expect(idsOf(await find(inbox, 'secretname geyser'))).toEqual([800]);
  await checkMergedIndexes(inbox);
});

test('a contact is found by the new name only, and by nothing once it is emptied', async () => {
  await inbox.write('normal', [
    ...seedConversation(inbox, 9),
    ...indexMessages([{ id: 900, text: 'Hello from 9' }]),
    ...renameContacts([
      { id: 7, search: 'oldname 26377' },
      { id: 9, search: 'neighbour 26378' },
    ]),
  ]);
  await inbox.write('normal', renameContacts([{ id: 7, search: 'newname 26377' }]));
  expect((await find(inbox, 'newname')).contacts).toHaveLength(1);
  expect((await find(inbox, 'oldname')).contacts).toEqual([]);
  await inbox.write('normal', [inbox.sql.update(contacts).set({ search: '' }).where(eq(contacts.id, 7))]);
  expect(await bytesOfIndexes(inbox)).not.toMatch(/oldname|newname/);
  await checkMergedIndexes(inbox);
});
