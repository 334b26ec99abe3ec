import { afterEach, beforeEach, expect, test } from 'bun:test';
import { ada, bo, HOUR, NOON, openShop, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { composeMessage, type NewMessage } from './compose.ts';
import { AnsweredMeanwhile } from './compose-collision.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
beforeEach(async () => {
  shop = await openShop();
  await shop.inbox.write('normal', seedConversation(shop.inbox, 1, { windowExpiresAt: NOON + HOUR }));
});
afterEach(() => shop.close());

const SEEN = 100;
const compose = (changes: Partial<NewMessage> = {}, viewer: Viewer = ada) => {
  const keyOwner = viewer === bo ? 'person:12' : 'person:11';
  const message = {
    conversationId: 1,
    text: 'Yes',
    key: crypto.randomUUID(),
    keyOwner,
    origin: 'inbox',
  } as const;
  return composeMessage(shop.inbox, { ...message, ...changes }, viewer, NOON + 8_000);
};
const collisionOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof AnsweredMeanwhile) {
        return error.collision;
      }
      throw error;
    },
  );
const answered = (row: Partial<typeof messages.$inferInsert> = {}) =>
  shop.inbox.write('normal', [
    seedMessage(shop.inbox, {
      id: 200,
      conversationId: 1,
      orderedAt: NOON,
      direction: 'out',
      authorKind: 'person',
      authorId: 12,
      status: 'accepted',
      ...row,
    }),
  ]);
const sent = () => shop.inbox.sql.$count(messages);

test('an answer that the writer has not seen is asked about, and nothing is written', async () => {
  await answered();

  expect(await collisionOf(compose({ seenId: SEEN }))).toEqual({
    messageId: 200,
    author: { kind: 'person', name: 'Bo' },
    at: NOON,
  });
  expect(await sent()).toBe(2);
});

test('who has seen the answer is not asked, nor who was asked about it', async () => {
  await answered();
  expect(await collisionOf(compose({ seenId: 200 }))).toBeNull();
});

test('two who press Send at the same moment: the second is asked', async () => {
  await compose({ seenId: SEEN }, bo);
  expect(await collisionOf(compose({ seenId: SEEN }))).toMatchObject({ author: { name: 'Bo' } });
});

test('one’s own answers, from whichever tab, are no collision', async () => {
  await compose({ seenId: SEEN });
  expect(await collisionOf(compose({ seenId: SEEN }))).toBeNull();
});

test('an answer from the WhatsApp app or the API counts, a robot’s or one that failed does not', async () => {
  await answered({ authorKind: 'rule', authorId: null });
  await answered({ id: 201, wamid: 'wamid.201', status: 'failed' });
  expect(await collisionOf(compose({ seenId: SEEN }))).toBeNull();

  await answered({ id: 202, wamid: 'wamid.202', authorKind: 'phone_app', authorId: null });
  expect(await collisionOf(compose({ seenId: SEEN }))).toMatchObject({
    author: { kind: 'phone_app', name: '' },
  });
});

test('a repeat of what was taken already is answered with it, whoever has answered since', async () => {
  const { messageId } = await compose({ key: 'once', seenId: SEEN });
  await answered({ id: messageId + 1 });

  expect(await compose({ key: 'once', seenId: SEEN })).toMatchObject({ messageId, isNew: false });
});

test('who does not say what they have seen is not asked', async () => {
  await answered();
  expect(await collisionOf(compose())).toBeNull();
});
