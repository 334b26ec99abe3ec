import { afterEach, beforeEach, expect, test } from 'bun:test';
import { and, asc, eq, isNull } from 'drizzle-orm';
import {
  ada,
  bo,
  cleo,
  HOUR,
  NOON,
  NUMBER,
  openShop,
  seedConversation,
  seedMessage,
} from '#src/conversations/testing.ts';
import {
  cases,
  contacts,
  conversations,
  drafts,
  events,
  identities,
  jobs,
  messages,
  numbers,
  outbox,
} from '#src/db/schema/inbox/index.ts';
import { Forbidden, Invalid, NotFound, Problem } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { composeMessage, type NewMessage } from './compose.ts';
import { optOut } from './delivery-testing.ts';
import { loadMessages } from './load.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
beforeEach(async () => {
  shop = await openShop();
  const open = { windowExpiresAt: NOON + HOUR, waitingSince: NOON };
  await shop.inbox.write('normal', [
    ...seedConversation(shop.inbox, 1, open),
    ...seedConversation(shop.inbox, 2, { ...open, state: 'closed', waitingSince: null }),
  ]);
});
afterEach(() => shop.close());

const draft = (changes: Partial<NewMessage> = {}): NewMessage => ({
  conversationId: 1,
  text: 'Good morning',
  key: crypto.randomUUID(),
  keyOwner: 'person:11',
  origin: 'inbox',
  ...changes,
});
const compose = (changes: Partial<NewMessage> = {}, viewer: Viewer = ada) =>
  composeMessage(shop.inbox, draft(changes), viewer, NOON);
const conversation = async (id: number) => {
  const [row] = await shop.inbox.sql.select().from(conversations).where(eq(conversations.id, id));
  return row;
};
const caught = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const problemOf = async (work: Promise<unknown>) => {
  const error = await caught(work);
  return error instanceof Problem ? error.type : error;
};

test('a message is queued, ends the waiting, and leads the list', async () => {
  const { messageId, isNew } = await compose();

  expect(isNew).toBe(true);
  expect(await conversation(1)).toMatchObject({
    waitingSince: null,
    lastMessageId: messageId,
    snippet: 'Good morning',
    lastArrivedAt: NOON,
  });
  expect(await shop.inbox.sql.select().from(outbox)).toMatchObject([
    { id: messageId, messageId, state: 'queued', attempt: 1, lane: 'interactive', notBefore: NOON },
  ]);
});

test('the first message of ours opens a case once, and notes its first reply', async () => {
  await compose();
  await compose({ text: 'And another' }, bo);

  expect(await shop.inbox.sql.select().from(cases)).toMatchObject([
    {
      conversationId: 1,
      openedBy: 'person',
      firstReplyAt: NOON,
      firstReplyBy: ada.kind === 'person' ? ada.userId : 0,
    },
  ]);
  expect(await shop.inbox.sql.select().from(events)).toMatchObject([{ kind: 'case.opened' }]);
});

test('writing into a closed conversation opens it, in a case of its own', async () => {
  const { sql: db } = shop.inbox;
  const old = { conversationId: 2, numberId: NUMBER, openedAt: 1, openedBy: 'customer' as const };
  await shop.inbox.write('normal', [
    db.insert(cases).values({ id: 5, ...old, closedAt: NOON - 1 }),
    db.update(conversations).set({ caseId: 5 }).where(eq(conversations.id, 2)),
  ]);
  await compose({ conversationId: 2 });

  const [open] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.conversationId, 2), isNull(cases.closedAt)));
  expect(await conversation(2)).toMatchObject({ state: 'open', caseId: open?.id ?? 0 });
  expect(open?.id).not.toBe(5);
});

test('the same key and body is the same message, also after the window has closed', async () => {
  const first = await compose({ key: 'k' });
  await shop.inbox.write('normal', [shop.inbox.sql.update(conversations).set({ windowExpiresAt: NOON })]);
  const second = await compose({ key: 'k' });

  expect(second).toMatchObject({ messageId: first.messageId, isNew: false });
  expect(await shop.inbox.sql.select().from(outbox)).toHaveLength(1);
});

test('two at the same moment with one key are one message', async () => {
  const made = await Promise.all([compose({ key: 'k' }), compose({ key: 'k' }), compose({ key: 'k' })]);

  expect(new Set(made.map(({ messageId }) => messageId)).size).toBe(1);
  expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
});

test('another body under the same key is refused, and keys of others are theirs', async () => {
  await compose({ key: 'k' });

  expect(await problemOf(compose({ key: 'k', text: 'Other words' }))).toBe('idempotency-mismatch');
  expect(await problemOf(compose({ key: 'k', conversationId: 2 }))).toBe('idempotency-mismatch');
  expect(await compose({ key: 'k', keyOwner: 'person:12' }, bo)).toMatchObject({ isNew: true });
});

test('what Meta or the customer does not allow is refused by name', async () => {
  const { inbox } = shop;
  const { sql: db } = inbox;
  await inbox.write('normal', [
    ...seedConversation(inbox, 3, { windowExpiresAt: NOON }),
    ...seedConversation(inbox, 4, { windowExpiresAt: NOON + HOUR }),
    ...seedConversation(inbox, 5, { windowExpiresAt: NOON + HOUR }),
    ...seedConversation(inbox, 6, { windowExpiresAt: NOON + HOUR }),
    ...seedConversation(inbox, 7, {}),
    db.update(contacts).set({ blockedAt: NOON }).where(eq(contacts.id, 4)),
    optOut(inbox, 5),
    db.delete(identities).where(eq(identities.contactId, 6)),
  ]);

  const types = await Promise.all([3, 4, 5, 6, 7].map((id) => problemOf(compose({ conversationId: id }))));
  expect(types).toEqual(['window-closed', 'blocked', 'opted-out', 'no-address', 'window-closed']);
});

test('a paused number takes messages: they wait', async () => {
  await shop.inbox.write('normal', [
    shop.inbox.sql.update(numbers).set({ state: 'paused', pausedFor: 'token' }),
  ]);

  expect(await compose()).toMatchObject({ isNew: true });
});

test('a quoted message is named to Meta by its wamid; another conversation’s is refused', async () => {
  await shop.inbox.write('normal', [
    seedMessage(shop.inbox, { id: 101, conversationId: 1, orderedAt: NOON, wamid: null }),
  ]);
  const { messageId } = await compose({ quotedId: 100 });
  const [message] = await shop.inbox.sql.select().from(messages).where(eq(messages.id, messageId));
  expect(message).toMatchObject({ quotedId: 100, quotedWamid: 'wamid.100' });

  expect(await caught(compose({ quotedId: 200 }))).toBeInstanceOf(Invalid);
  expect(await caught(compose({ quotedId: 101 }))).toBeInstanceOf(Invalid);
});

test('a message of a group is quoted here and not to Meta, since the customer alone gets the answer; a call is refused', async () => {
  const at = { conversationId: 1, orderedAt: NOON };
  await shop.inbox.write('normal', [
    seedMessage(shop.inbox, { id: 102, ...at, content: '{"kind":"text","groupId":"group-1"}' }),
    seedMessage(shop.inbox, {
      id: 103,
      ...at,
      type: 'call',
      wamid: 'wacid.103',
      content: '{"kind":"call","outcome":"missed"}',
    }),
  ]);
  const { messageId } = await compose({ quotedId: 102 });
  const [message] = await shop.inbox.sql.select().from(messages).where(eq(messages.id, messageId));
  expect(message).toMatchObject({ quotedId: 102, quotedWamid: null });
  const [shown] = await loadMessages(shop.inbox, [messageId]);
  expect(shown?.quoted).toMatchObject({ id: 102, excerpt: 'Hello' });

  expect(await caught(compose({ quotedId: 103 }))).toMatchObject({
    fields: { quoted: expect.stringContaining('call') },
  });
});

test('exactly 4,096 characters are taken, one more is refused, and hostile text is made safe', async () => {
  expect(await compose({ text: 'x'.repeat(4096) })).toMatchObject({ isNew: true });
  expect(await caught(compose({ text: 'x'.repeat(4097) }))).toMatchObject({
    fields: { text: expect.stringContaining('1 too long') },
  });

  const { messageId } = await compose({ text: 'a\0b\ud800c' });
  const [message] = await shop.inbox.sql.select().from(messages).where(eq(messages.id, messageId));
  expect(message?.text).toBe('ab\ufffdc');
});

test('who may not see it finds nothing, and who may not send is told so', async () => {
  expect(await caught(compose({}, cleo))).toBeInstanceOf(NotFound);
  const reader: Viewer = { ...ada, permissions: new Set(['conversations.read']) };
  expect(await caught(compose({}, reader))).toBeInstanceOf(Forbidden);
});

test('the draft is emptied, and others’ drafts stay', async () => {
  const kept = { conversationId: 1, text: 'half', revision: 1, at: NOON };
  await shop.inbox.write('normal', [
    shop.inbox.sql.insert(drafts).values([
      { ...kept, userId: 11 },
      { ...kept, userId: 12 },
    ]),
  ]);
  const { draft: emptied } = await compose({ draftRevision: 1 });

  expect(emptied).toMatchObject({ text: '', revision: 2 });
  expect(await shop.inbox.sql.select().from(drafts).orderBy(asc(drafts.userId))).toMatchObject([
    { userId: 11, text: '', revision: 2 },
    { userId: 12, text: 'half', revision: 1 },
  ]);
});

test('a draft that went on in another tab stays when an older one is sent', async () => {
  const further = { conversationId: 1, userId: 11, text: 'half, and more', revision: 3, at: NOON };
  await shop.inbox.write('normal', [shop.inbox.sql.insert(drafts).values(further)]);
  const { draft: emptied } = await compose({ draftRevision: 2 });

  expect(emptied).toBeNull();
  expect(await shop.inbox.sql.select().from(drafts)).toMatchObject([{ text: 'half, and more', revision: 3 }]);
});

test('a message of a key touches no draft', async () => {
  const key: Viewer = { kind: 'key', accountId: 1, keyId: 5, name: 'Shop', permissions: ada.permissions };
  const { draft: emptied } = await compose({ keyOwner: 'key:5', origin: 'api' }, key);

  expect(emptied).toBeNull();
  expect(await shop.inbox.sql.select().from(drafts)).toEqual([]);
});

test('a number that says "read" with the answer queues its receipt here', async () => {
  await compose();
  expect(await shop.inbox.sql.select().from(jobs)).toEqual([]);
  await shop.inbox.write('normal', [
    shop.inbox.sql.update(numbers).set({ readReceipts: 'answered' }),
    shop.inbox.sql.update(conversations).set({ waitingSince: NOON }),
  ]);
  await compose();

  expect(await shop.inbox.sql.select().from(jobs)).toMatchObject([
    { kind: 'receipt', key: '1', data: '{"message_id":100}' },
  ]);
});
