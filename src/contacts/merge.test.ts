import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { close as closeConversation } from '#src/conversations/closure.ts';
import { countWaiting } from '#src/conversations/counts.ts';
import { listConversations } from '#src/conversations/list.ts';
import {
  ada,
  cleo,
  HOUR,
  NOON,
  NUMBER,
  openShop,
  seedConversation,
  seedMessage,
} from '#src/conversations/testing.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import {
  audit,
  cases,
  contacts,
  conversations,
  drafts,
  events,
  merges,
  messages,
  numbers,
} from '#src/db/schema/inbox/index.ts';
import { Forbidden, Invalid, NotFound } from '#src/errors.ts';
import { loadRecipients } from '#src/messages/outbox-subject.ts';
import { lastPage } from '#src/messages/thread.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { findPerson } from './contact.ts';
import { listMerges } from './list-merges.ts';
import { merge, previewMerge } from './merge.ts';
import { undoMerge } from './undo-merge.ts';

const [NOOR, RUDO, TINO] = [7, 8, 9];
const EARLIER = NOON - 20 * HOUR;

let inbox: Inbox;
let close: () => Promise<void>;

/** Noor wrote first, and it is closed; Rudo waits, with Bo; Tino waits a little longer. */
beforeEach(async () => {
  ({ inbox, close } = await openShop());
  await inbox.write('normal', [
    ...seedConversation(inbox, NOOR, {
      state: 'closed',
      lastArrivedAt: EARLIER,
      windowExpiresAt: EARLIER + 24 * HOUR,
    }),
    ...seedWaiting(RUDO, { waitingSince: NOON, assigneeId: 12 }),
    ...seedWaiting(TINO, { waitingSince: NOON - HOUR }),
    inbox.sql.insert(drafts).values({
      conversationId: RUDO,
      userId: 11,
      text: 'It is ready',
      key: 'draft',
      revision: 1,
      at: NOON,
    }),
  ]);
});

/** A conversation with an open case and a message that waits. */
function seedWaiting(id: number, row: { waitingSince: number; assigneeId?: number }): Statement[] {
  const caseId = id * 10;
  const windowExpiresAt = row.waitingSince + 24 * HOUR;
  const place = { conversationId: id, numberId: NUMBER };
  return [
    ...seedConversation(inbox, id, { ...row, lastArrivedAt: row.waitingSince, windowExpiresAt, caseId }),
    inbox.sql.insert(cases).values({ id: caseId, ...place, openedAt: NOON - HOUR, openedBy: 'customer' }),
    inbox.sql.update(messages).set({ caseId }).where(eq(messages.conversationId, id)),
  ];
}
afterEach(() => close());

const stored = async (id: number) =>
  (await inbox.sql.select().from(conversations).where(eq(conversations.id, id)))[0];
const listed = async () =>
  (await listConversations(inbox, 'all', ada, { now: NOON })).rows.map(({ id }) => id);

test('the younger becomes part of the older, which takes over what goes on there', async () => {
  const rudo = await stored(RUDO);
  const { contactId, changes } = await merge(inbox, { contactId: RUDO, otherId: NOOR }, ada, NOON);
  expect(contactId).toBe(NOOR);
  expect(await stored(RUDO)).toEqual({ ...rudo, mergedIntoId: NOOR } as typeof rudo);
  expect(await stored(NOOR)).toMatchObject({
    state: 'open',
    assigneeId: 12,
    caseId: 80,
    waitingSince: NOON,
    windowExpiresAt: NOON + 24 * HOUR,
    lastMessageId: 800,
    snippet: 'Hello from 8',
    lastInboundId: 800,
  });
  expect(await listed()).toEqual([NOOR, TINO]);
  expect(countWaiting(inbox, ada).all).toBe(2);
  const { messages: said, events: told } = await lastPage(inbox, NOOR);
  expect(said.map(({ id }) => id)).toEqual([700, 800]);
  expect(told.map(({ kind, actor }) => [kind, actor.name])).toEqual([['contact.merged', 'Ada']]);
  expect(changes).toMatchObject([
    { conversationId: NOOR, redraw: true },
    { conversationId: RUDO, left: [{ assigneeId: 12, teamId: null }], redraw: true },
  ]);
  expect(await inbox.sql.select().from(drafts)).toMatchObject([
    { conversationId: NOOR, text: 'It is ready' },
  ]);
  expect(await inbox.sql.select().from(audit)).toMatchObject([
    { action: 'merge.made', object: `contact:${NOOR}`, actorId: 11 },
  ]);
});

test('what was queued in the younger goes out as the whole person, while the window of the older is open', async () => {
  await inbox.write('normal', [
    inbox.sql.update(contacts).set({ blockedAt: NOON }).where(eq(contacts.id, RUDO)),
  ]);
  await merge(inbox, { contactId: NOOR, otherId: RUDO }, ada, NOON);
  const [own, part] = [await loadRecipients(inbox, [NOOR]), await loadRecipients(inbox, [RUDO])];
  expect(part.get(RUDO)).toEqual(own.get(NOOR));
  expect(own.get(NOOR)).toMatchObject({ blocked: true, windowExpiresAt: NOON + 24 * HOUR });
});

test('closing closes the cases of both', async () => {
  await merge(inbox, { contactId: RUDO, otherId: TINO }, ada, NOON);
  await closeConversation(inbox, TINO, ada, NOON + 1);
  expect((await inbox.sql.select().from(cases)).map(({ id, closedAt }) => [id, closedAt])).toEqual([
    [80, NOON + 1],
    [90, NOON + 1],
  ]);
});

test('it can be seen before, and changes nothing', async () => {
  const before = await inbox.sql.select().from(conversations);
  expect(await previewMerge(inbox, { contactId: TINO, otherId: NOOR }, ada, NOON)).toMatchObject({
    one: { id: TINO },
    other: { id: NOOR },
    survivorId: NOOR,
    areTwoAtMeta: false,
    threads: [{ conversationId: NOOR, isJoined: true, assigneeId: null }],
  });
  expect(await inbox.sql.select().from(conversations)).toEqual(before);
  expect(await inbox.sql.select().from(merges)).toEqual([]);
});

test('undoing gives each their own back, and leaves where it is what was written meanwhile', async () => {
  const before = await inbox.sql.select().from(conversations);
  await merge(inbox, { contactId: RUDO, otherId: NOOR }, ada, NOON);
  await inbox.write('normal', [
    seedMessage(inbox, { id: 701, conversationId: NOOR, orderedAt: NOON + HOUR, text: 'Later' }),
  ]);
  const [row] = await inbox.sql.select().from(merges);
  const { contactId, changes } = await undoMerge(inbox, row?.id ?? 0, ada, NOON + HOUR);
  expect(contactId).toBe(NOOR);
  expect(changes.map(({ conversationId }) => conversationId)).toEqual([NOOR, RUDO]);
  expect(await stored(RUDO)).toEqual(before.find(({ id }) => id === RUDO) as (typeof before)[number]);
  expect(await stored(NOOR)).toMatchObject({
    mergedIntoId: null,
    state: 'closed',
    waitingSince: null,
    lastMessageId: 701,
    windowExpiresAt: NOON + 25 * HOUR,
  });
  expect((await findPerson(inbox, RUDO, ada)).id).toBe(RUDO);
  expect(await listMerges(inbox, NOOR, ada)).toEqual([]);
  expect(
    (await inbox.sql.select().from(events)).filter(({ kind }) => kind === 'contact.parted'),
  ).toHaveLength(2);
  expect((await undoMerge(inbox, row?.id ?? 0, ada, NOON + HOUR)).changes).toEqual([]);
});

test('undoing takes nothing for news that was said before the number was connected', async () => {
  const past = { lastInboundAt: null, lastInboundId: null, windowExpiresAt: null };
  await inbox.write('normal', [
    inbox.sql
      .update(messages)
      .set({ origin: 'history', arrivedAt: NOON + HOUR })
      .where(eq(messages.conversationId, NOOR)),
    inbox.sql.update(conversations).set(past).where(eq(conversations.id, NOOR)),
  ]);
  const before = await stored(NOOR);
  await merge(inbox, { contactId: RUDO, otherId: NOOR }, ada, NOON + HOUR);
  const [row] = await inbox.sql.select().from(merges);
  await undoMerge(inbox, row?.id ?? 0, ada, NOON + HOUR);
  expect(await stored(NOOR)).toEqual({ ...before, assigneeId: 12, caseId: 80 } as typeof before);
});

test('of three that were merged any one can be parted again', async () => {
  await merge(inbox, { contactId: RUDO, otherId: TINO }, ada, NOON);
  await merge(inbox, { contactId: RUDO, otherId: NOOR }, ada, NOON);
  const whole = await inbox.sql.select().from(conversations);
  expect(whole.map(({ mergedIntoId }) => mergedIntoId)).toEqual([null, NOOR, NOOR]);
  const [first, second] = await inbox.sql.select().from(merges);
  expect((await listMerges(inbox, NOOR, ada)).map(({ name }) => name)).toEqual(['Customer 8', 'Customer 9']);
  await undoMerge(inbox, second?.id ?? 0, ada, NOON);
  const people = () => inbox.sql.select({ id: contacts.id, into: contacts.mergedIntoId }).from(contacts);
  expect(await people()).toEqual([
    { id: NOOR, into: null },
    { id: RUDO, into: null },
    { id: TINO, into: RUDO },
  ]);
  expect(await stored(RUDO)).toMatchObject({ mergedIntoId: null, state: 'open', waitingSince: NOON - HOUR });
  expect((await stored(TINO))?.mergedIntoId).toBe(RUDO);
  await undoMerge(inbox, first?.id ?? 0, ada, NOON);
  expect((await people()).map(({ into }) => into)).toEqual([null, null, null]);
  expect(await listed()).toEqual([RUDO, TINO]);
});

test('a name that people gave is everybody’s, until the merge is undone', async () => {
  await inbox.write('normal', [
    inbox.sql.update(contacts).set({ name: 'Mrs Rudo', nameSource: 'person' }).where(eq(contacts.id, RUDO)),
  ]);
  await merge(inbox, { contactId: RUDO, otherId: NOOR }, ada, NOON);
  expect((await findPerson(inbox, NOOR, ada)).name).toBe('Mrs Rudo');
  expect(searched('mrs rudo')).toEqual([[NOOR]]);
  const [row] = await inbox.sql.select().from(merges);
  await undoMerge(inbox, row?.id ?? 0, ada, NOON);
  expect((await findPerson(inbox, NOOR, ada)).name).toBe('Customer 7');
  expect(searched('customer 7')).toEqual([[NOOR]]);
  expect(searched('mrs rudo')).toEqual([]);
});

const searched = (name: string) =>
  inbox.rows('select rowid from contact_search where contact_search match ?', [`"${name}"`]);

test('only who sees both, and may, merges or undoes', async () => {
  const pair = { contactId: RUDO, otherId: NOOR };
  const agent: Viewer = { ...ada, permissions: new Set(['conversations.read']) };
  await expect(merge(inbox, pair, cleo, NOON)).rejects.toThrow(NotFound);
  await expect(merge(inbox, pair, agent, NOON)).rejects.toThrow(Forbidden);
  await expect(merge(inbox, { ...pair, otherId: 404 }, ada, NOON)).rejects.toThrow(NotFound);
  await expect(merge(inbox, { ...pair, otherId: RUDO }, ada, NOON)).rejects.toThrow(Invalid);
  await merge(inbox, pair, ada, NOON);
  const [row] = await inbox.sql.select().from(merges);
  await expect(undoMerge(inbox, row?.id ?? 0, agent, NOON)).rejects.toThrow(Forbidden);
  await expect(undoMerge(inbox, row?.id ?? 0, cleo, NOON)).rejects.toThrow(NotFound);
  await expect(undoMerge(inbox, 404, ada, NOON)).rejects.toThrow(NotFound);
});

test('nobody gets to read by merging what they may not see, of a person whom they see on another number', async () => {
  const supervisor: Viewer = { ...cleo, permissions: new Set(['conversations.read', 'contacts.merge']) };
  const assign = (id: number, assigneeId: number) =>
    inbox.sql.update(conversations).set({ assigneeId }).where(eq(conversations.id, id));
  const [number] = await inbox.sql.select().from(numbers);
  const [thread] = await inbox.sql.select().from(conversations).where(eq(conversations.id, NOOR));
  if (!number || !thread) {
    throw new Error('the shop is empty');
  }
  await inbox.write('normal', [
    inbox.sql.insert(numbers).values({ ...number, id: 22, phoneNumberId: '106540352242923', name: 'Yard' }),
    inbox.sql.insert(conversations).values({ ...thread, id: 17, numberId: 22, assigneeId: 13 }),
    assign(NOOR, 12),
    assign(RUDO, 13),
  ]);
  const pair = { contactId: RUDO, otherId: NOOR };
  await expect(previewMerge(inbox, pair, supervisor, NOON)).rejects.toThrow(Invalid);
  await expect(merge(inbox, pair, supervisor, NOON)).rejects.toThrow(Invalid);
  expect(await inbox.sql.select().from(merges)).toEqual([]);
  await inbox.write('normal', [assign(NOOR, 13), assign(17, 12)]);
  const { threads } = await previewMerge(inbox, pair, supervisor, NOON);
  expect(threads.map(({ conversationId }) => conversationId)).toEqual([NOOR]);
  expect((await merge(inbox, pair, supervisor, NOON)).contactId).toBe(NOOR);
});
