import { afterEach, beforeEach, expect, test } from 'bun:test';
import { ada, HOUR, NOON, openShop, seedConversation } from '#src/conversations/testing.ts';
import { drafts, files } from '#src/db/schema/inbox/index.ts';
import { composeMessage } from '#src/messages/compose.ts';
import { nextUnsent, removeFile, removeUnsent, UNSENT_KEPT_MS } from './removal.ts';
import { putFile } from './testing.ts';
import { createLocalStore } from './vault/local-store.ts';
import { createS3Store } from './vault/s3-store.ts';
import { openTestBucket, refusal } from './vault/testing-bucket.ts';
import { createVault, type Vault } from './vault/vault.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let vault: Vault;
beforeEach(async () => {
  shop = await openShop();
  vault = createVault(createLocalStore(shop.storage.folder));
  await shop.inbox.write('normal', seedConversation(shop.inbox, 1, { windowExpiresAt: NOON + HOUR }));
});
afterEach(() => shop.close());

const put = (name: string) =>
  putFile(shop.inbox, vault, {
    plain: Buffer.from(name),
    thumbnail: Buffer.from(`small ${name}`),
    name,
    conversationId: 1,
    uploadedBy: 'person:11',
    uploadedAt: NOON,
  });
const names = async () => {
  const rows = await shop.inbox.sql.select().from(files);
  return rows.flatMap(({ name }) => name ?? []);
};

test('what was put there and not sent within a week goes, with its small picture; a draft holds its own', async () => {
  await put('forgotten.txt');
  const [sent, held] = [await put('sent.txt'), await put('held.txt')];
  await composeMessage(
    shop.inbox,
    { conversationId: 1, text: '', files: [sent], key: 'k', keyOwner: 'person:11', origin: 'inbox' },
    ada,
    NOON,
  );
  const draft = { conversationId: 1, userId: 11, text: '', fileIds: `${held}`, revision: 9, at: NOON };
  const [revision, at] = [9, NOON];
  await shop.inbox.write('normal', [
    shop.inbox.sql
      .insert(drafts)
      .values(draft)
      .onConflictDoUpdate({
        target: [drafts.conversationId, drafts.userId],
        set: { fileIds: `${held}`, revision, at },
      }),
  ]);

  expect(await nextUnsent(shop.inbox)).toBe(NOON + UNSENT_KEPT_MS + 1);
  await removeUnsent(vault, shop.inbox, NOON + UNSENT_KEPT_MS);
  expect(await names()).toHaveLength(3);
  const later = NOON + UNSENT_KEPT_MS + 1;
  await removeUnsent(vault, shop.inbox, later);
  expect(await names()).toEqual(['sent.txt', 'held.txt']);
  expect(await shop.inbox.sql.select().from(files)).toHaveLength(4);
  // Nothing is left of the other one that a sweep would find.
  expect(await vault.sweep(shop.inbox, Number.MAX_SAFE_INTEGER)).toBe(0);

  expect(await nextUnsent(shop.inbox)).toBe(later + UNSENT_KEPT_MS + 1);
  await shop.inbox.write('normal', [shop.inbox.sql.update(drafts).set({ fileIds: '' })]);
  await removeUnsent(vault, shop.inbox, later + UNSENT_KEPT_MS + 1);
  expect(await names()).toEqual(['sent.txt']);
  expect(await nextUnsent(shop.inbox)).toBeNull();
});

test('what the store does not let go of now is left to the sweep, and keeps nobody from the rest', async () => {
  const bucket = openTestBucket();
  const store = createS3Store(bucket.settings);
  vault = createVault(store);
  const [first] = [await put('first.txt'), await put('second.txt')];
  bucket.trouble = ({ method }) => (method === 'DELETE' ? refusal(503, 'SlowDown') : null);
  expect((await removeFile(vault, shop.inbox, first, ada)).name).toBe('first.txt');
  await removeUnsent(vault, shop.inbox, NOON + UNSENT_KEPT_MS + 1);
  expect(await shop.inbox.sql.select().from(files)).toEqual([]);

  bucket.trouble = () => null;
  expect(await vault.sweep(shop.inbox, Number.MAX_SAFE_INTEGER)).toBe(4);
  await bucket.stop();
});
