import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import {
  ada,
  cleo,
  HOUR,
  NOON,
  openShop,
  seedConversation,
  seedMessage,
} from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, contacts, conversations, files, identities } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { findMessages } from './find-messages.ts';
import { parseQuery } from './parse-query.ts';
import { contactsOf, find, idsOf, indexAll } from './testing.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let inbox: Inbox;

/** Seven is Ada's, eight is Cleo's, nine is nobody's; ten was blocked, and merged into nine. */
beforeAll(async () => {
  shop = await openShop();
  ({ inbox } = shop);
  const { sql } = inbox;
  const say = (id: number, conversationId: number, text: string, more = {}) =>
    seedMessage(inbox, { id, conversationId, orderedAt: NOON + id, text, ...more });
  const note = { direction: 'note', authorKind: 'person', authorId: 12, wamid: null } as const;
  const out = { direction: 'out', authorKind: 'person', authorId: 11 } as const;
  await inbox.write('normal', [
    ...seedConversation(inbox, 7, { assigneeId: 11, lastArrivedAt: NOON }),
    ...seedConversation(inbox, 8, { assigneeId: 13, lastArrivedAt: NOON + HOUR }),
    ...seedConversation(inbox, 9, { lastArrivedAt: NOON + 2 * HOUR }),
    ...seedConversation(inbox, 10, { lastArrivedAt: NOON, mergedIntoId: 9, assigneeId: 13 }),
    sql.update(contacts).set({ name: 'João Nyámukunda' }).where(eq(contacts.id, 7)),
    sql.update(contacts).set({ blockedAt: NOON }).where(eq(contacts.id, 8)),
    sql
      .update(contacts)
      .set({ name: 'Old Rufaro', mergedIntoId: 9, blockedAt: NOON })
      .where(eq(contacts.id, 10)),
    sql.update(contacts).set({ name: 'Rufaro' }).where(eq(contacts.id, 9)),
    sql.delete(identities).where(eq(identities.contactId, 8)),
    sql.insert(identities).values({
      id: 81,
      contactId: 8,
      kind: 'bsuid',
      scope: '',
      value: 'ZA.49011758024375741446',
      asReceived: 'ZA.49011758024375741446',
      seenAt: NOON,
    }),
    say(2001, 7, 'Preciso de uma chave inglesa amanhã'),
    say(2002, 7, 'Ndinoda cement yakawanda'),
    say(2003, 8, 'Two bags of cement please'),
    say(2004, 9, 'cement? The cement truck, cement!', { orderedAt: NOON + 48 * HOUR }),
    say(2005, 10, 'cement from before the merge'),
    say(2006, 7, 'He always pays for cement late', note),
    say(2007, 7, 'We have cement', out),
    say(2008, 7, '', { type: 'document', content: '{"kind":"media"}' }),
    sql.insert(files).values({ id: 31, name: 'Invoice_77.pdf', mime: 'application/pdf', state: 'waiting' }),
    sql.insert(attachments).values({ messageId: 2008, position: 0, fileId: 31 }),
    say(2009, 7, `${'filler '.repeat(700)} beyondthelimit`),
  ]);
  await indexAll(inbox);
});

afterAll(() => shop.close());

const reader: Viewer = { ...ada, permissions: new Set() };

test('the newest come first by when they were said, notes and our own words among them', async () => {
  expect(idsOf(await find(inbox, 'cement'))).toEqual([2004, 2007, 2006, 2005, 2003, 2002]);
});

test('accents and capitals make no difference, in words or in names', async () => {
  expect(idsOf(await find(inbox, 'AMANHA'))).toEqual([2001]);
  expect(idsOf(await find(inbox, 'ámânhã'))).toEqual([2001]);
  expect(contactsOf(await find(inbox, 'joao nyam'))).toEqual([7]);
  expect(contactsOf(await find(inbox, 'JOÃO'))).toEqual([7]);
});

test('the beginning of a word is enough from three letters on, and a phrase has to stand as it is', async () => {
  expect(idsOf(await find(inbox, 'yaka'))).toEqual([2002]);
  expect(idsOf(await find(inbox, 'ya'))).toEqual([]);
  expect(idsOf(await find(inbox, '"bags of cement"'))).toEqual([2003]);
  expect(idsOf(await find(inbox, '"cement of bags"'))).toEqual([]);
});

test('files are found by their names', async () => {
  const { messages } = await find(inbox, 'invoice_77');
  expect(messages).toMatchObject([
    {
      id: 2008,
      excerpt: [],
      file: [
        { text: 'Invoice_77', isHit: true },
        { text: '.pdf', isHit: false },
      ],
    },
  ]);
});

test('a message tells who said it where, with what was found marked', async () => {
  const [found] = (await find(inbox, 'pays late')).messages;
  expect(found).toMatchObject({
    direction: 'note',
    author: { kind: 'person', name: 'Bo' },
    at: NOON + 2006,
    conversation: { id: 7, state: 'open', assigneeId: 11, contact: { id: 7, name: 'João Nyámukunda' } },
  });
  expect(found?.excerpt.filter(({ isHit }) => isHit).map(({ text }) => text)).toEqual(['pays', 'late']);
});

test('contacts are found by any part of their number, by what WhatsApp calls them, and without a number', async () => {
  expect(contactsOf(await find(inbox, '0000007'))).toEqual([7]);
  expect(contactsOf(await find(inbox, '+263 77 000 0007'))).toEqual([7]);
  expect(contactsOf(await find(inbox, '077 000 0007'))).toEqual([7]);
  expect(contactsOf(await find(inbox, 'ZA.490117'))).toEqual([8]);
  expect((await find(inbox, 'ZA.490117')).contacts).toMatchObject([
    { phone: null, bsuid: 'ZA.49011758024375741446', conversation: { contact: { isBlocked: true } } },
  ]);
});

test('what was merged is found in the conversation that is left, under the name that is left', async () => {
  const [found] = (await find(inbox, 'before merge')).messages;
  expect(found?.conversation).toMatchObject({ id: 9, contact: { id: 9, name: 'Rufaro' } });
  expect((await find(inbox, 'old rufaro')).contacts).toMatchObject([
    { conversation: { id: 9, contact: { id: 9, name: 'Rufaro' } } },
  ]);
  expect(contactsOf(await find(inbox, 'rufaro'))).toEqual([9]);
  expect(found?.conversation.contact.isBlocked).toBe(true);
});

test('whoever sees only their own conversations finds nothing else, also not what was merged away', async () => {
  expect(idsOf(await find(inbox, 'cement', { viewer: cleo }))).toEqual([2003]);
  expect(idsOf(await find(inbox, 'cement', { viewer: cleo, order: 'best' }))).toEqual([2003]);
  expect(contactsOf(await find(inbox, 'customer', { viewer: cleo }))).toEqual([8]);
  expect(contactsOf(await find(inbox, 'rufaro', { viewer: cleo }))).toEqual([]);
  expect(await find(inbox, 'cement', { viewer: reader })).toMatchObject({ messages: [], contacts: [] });
});

test('a search can be narrowed', async () => {
  const only = async (narrowing: Parameters<typeof find>[2]) => idsOf(await find(inbox, 'cement', narrowing));
  expect(await only({ narrowing: { directions: ['note'] } })).toEqual([2006]);
  expect(await only({ narrowing: { directions: ['in', 'out'], assignee: 11 } })).toEqual([2007, 2002]);
  expect(await only({ narrowing: { assignee: 'none' } })).toEqual([2004, 2005]);
  expect(await only({ narrowing: { numberId: 22 } })).toEqual([]);
  expect(await only({ narrowing: { from: NOON + 24 * HOUR } })).toEqual([2004]);
  expect(await only({ narrowing: { before: NOON + 2003 } })).toEqual([2002]);
  const mine = await find(inbox, 'customer', { narrowing: { assignee: 13 } });
  expect(contactsOf(mine)).toEqual([8]);
});

test('pages follow each other without a gap or a repeat, in both orders', async () => {
  for (const order of ['newest', 'best'] as const) {
    const all = idsOf(await find(inbox, 'cement', { order }));
    const seen: number[] = [];
    let after: number | null = null;
    do {
      const page = await find(inbox, 'cement', { order, messages: 2, after });
      seen.push(...idsOf(page));
      after = page.next;
    } while (after !== null);
    expect(seen.toSorted()).toEqual(all.toSorted());
    expect(new Set(seen).size).toBe(6);
  }
});

test('best first puts what says it most often and most shortly at the top', async () => {
  expect(idsOf(await find(inbox, 'cement', { order: 'best' })).slice(0, 2)).toEqual([2004, 2007]);
});

test('the end of a long body is not in the index', async () => {
  expect(idsOf(await find(inbox, 'filler'))).toEqual([2009]);
  expect(idsOf(await find(inbox, 'beyondthelimit'))).toEqual([]);
});

test('a search that would cost too much says so, and where to go on', async () => {
  const query = parseQuery('hello');
  if (query.kind !== 'terms') {
    throw new Error('not a query');
  }
  const more = Array.from({ length: 600 }, (_, index) =>
    seedMessage(inbox, { id: 30_000 + index, conversationId: 7, orderedAt: NOON, text: 'hello again' }),
  );
  await inbox.write('normal', more);
  await indexAll(inbox);
  const wanted = {
    query,
    narrowing: { assignee: 'none' },
    order: 'newest',
    contacts: 0,
    messages: 10,
    after: null,
    extent: { length: 180, before: 40 },
    viewer: ada,
  } as const;
  const first = await findMessages(inbox, wanted, { lookedAt: 200 });
  expect(first).toMatchObject({ messages: [], isComplete: false });
  const rest = await findMessages(inbox, { ...wanted, after: first.next });
  expect(rest).toMatchObject({ messages: [{ id: 900 }, { id: 1000 }], next: null, isComplete: true });
});

test('who looks only among somebody’s conversations gets there through however many others', async () => {
  const wanted = { messages: 5, narrowing: { assignee: 13 } };
  expect(await find(inbox, 'hello', wanted)).toMatchObject({ messages: [{ id: 800 }], isComplete: true });
  expect(idsOf(await find(inbox, 'hello', { messages: 5, viewer: cleo }))).toEqual([800]);
  expect(idsOf(await find(inbox, 'hello', { ...wanted, order: 'best' }))).toEqual([800]);
  const merged = await find(inbox, 'before merge', { narrowing: { assignee: 11 } });
  expect(idsOf(merged)).toEqual([]);
  await inbox.write('normal', [
    inbox.sql.update(conversations).set({ assigneeId: 11 }).where(eq(conversations.id, 9)),
  ]);
  expect(idsOf(await find(inbox, 'before merge', { narrowing: { assignee: 11 } }))).toEqual([2005]);
});
