import { afterEach, beforeEach, expect, test } from 'bun:test';
import { ada, bo, cleo, HOUR, NOON, openShop, seedConversation } from '#src/conversations/testing.ts';
import { drafts } from '#src/db/schema/inbox/index.ts';
import { Forbidden, NotFound } from '#src/errors.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { composeMessage } from './compose.ts';
import { findDraft, saveDraft, type Typed } from './draft.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
beforeEach(async () => {
  shop = await openShop();
  await shop.inbox.write('normal', seedConversation(shop.inbox, 1, { windowExpiresAt: NOON + HOUR }));
});
afterEach(() => shop.close());

const person = (viewer: Viewer): PersonViewer => {
  if (viewer.kind !== 'person') {
    throw new Error('not a person');
  }
  return viewer;
};
const save = (changes: Partial<Typed>, viewer: Viewer = ada) => {
  const typed = { conversationId: 1, text: 'Good', quotedId: null, key: 'k1', base: 0, ...changes };
  return saveDraft(shop.inbox, typed, person(viewer), NOON);
};
const find = (viewer: Viewer = ada) => findDraft(shop.inbox, 1, person(viewer));
const send = (text: string, base: number) =>
  composeMessage(
    shop.inbox,
    {
      conversationId: 1,
      text,
      key: crypto.randomUUID(),
      keyOwner: 'person:11',
      origin: 'inbox',
      draftRevision: base,
    },
    ada,
    NOON,
  );

test('what was typed is kept for its writer alone', async () => {
  expect(await save({ text: 'Good\r\nmor', quotedId: 100 })).toMatchObject({ isKept: true });

  expect(await find()).toEqual({
    conversationId: 1,
    text: 'Good\nmor',
    quotedId: 100,
    files: [],
    key: 'k1',
    revision: 1,
  });
  expect(await find(bo)).toMatchObject({ text: '', revision: 0 });
});

test('an older revision never overwrites a newer one, and is told the newer', async () => {
  await save({ text: 'from the phone', base: 0 });
  await save({ text: 'from the phone, on', base: 1 });
  const late = await save({ text: 'from the laptop', base: 1 });

  expect(late).toEqual({ isKept: false, draft: await find() });
  expect(await find()).toMatchObject({ text: 'from the phone, on', revision: 2 });
});

test('a save that is repeated because its answer was lost is no second change', async () => {
  await save({ text: 'Good', base: 0 });

  expect(await save({ text: 'Good', base: 0 })).toMatchObject({ isKept: true, draft: { revision: 1 } });
  expect(await save({ text: 'Good', base: 1 })).toMatchObject({ isKept: true, draft: { revision: 1 } });
});

test('the key of a draft is the one it was first kept with', async () => {
  await save({ text: 'Good', key: 'first', base: 0 });
  const { draft } = await save({ text: 'Good', key: 'second', base: 1 });
  expect(draft.key).toBe('first');
});

test('sending empties the draft, and a save that comes too late does not bring it back', async () => {
  await save({ text: 'Good morning', base: 0 });
  await send('Good morning', 1);

  expect(await save({ text: 'Good morning', base: 1 })).toMatchObject({
    isKept: false,
    draft: { text: '', key: '', revision: 2 },
  });
  expect(await find()).toMatchObject({ text: '' });
});

test('a first save that comes after its text was sent does not bring it back either', async () => {
  await send('Good morning', 0);
  expect(await save({ text: 'Good morn', base: 0 })).toMatchObject({ isKept: false, draft: { text: '' } });
});

test('nothing is written where nothing was typed', async () => {
  await save({ text: '', base: 0 });
  expect(await shop.inbox.sql.select().from(drafts)).toEqual([]);
});

test('a conversation one may not see takes no draft and shows none', async () => {
  await expect(save({}, cleo)).rejects.toBeInstanceOf(NotFound);
  await expect(find(cleo)).rejects.toBeInstanceOf(NotFound);
});

test('somebody who may not send keeps no drafts', async () => {
  const reader: Viewer = { ...bo, permissions: new Set(['conversations.read']) } as Viewer;
  await expect(save({}, reader)).rejects.toBeInstanceOf(Forbidden);
});

test('what is no text is made text', async () => {
  await save({ text: 'a\u0000b\ud800' });
  expect(await find()).toMatchObject({ text: 'ab\ufffd' });
});
