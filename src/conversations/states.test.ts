import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { cases, conversations, events, members } from '#src/db/schema/inbox/index.ts';
import { Forbidden, Invalid, NotFound } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { assign } from './assignment.ts';
import { openCase } from './case.ts';
import { close as closeConversation } from './closure.ts';
import { findConversation } from './conversation.ts';
import { reopen } from './reopening.ts';
import { ada, bo, cleo, HOUR, NOON, NUMBER, openShop, seedConversation } from './testing.ts';
import { waiveAnswer } from './waiver.ts';

const REFUND = 7;
const CASE = 70;
const STALE = 404_404;
const reader: Viewer = { ...ada, permissions: new Set(['conversations.read']) };

let inbox: Inbox;
let closeShop: () => Promise<void>;

beforeEach(async () => {
  ({ inbox, close: closeShop } = await openShop());
  const subject = { id: REFUND, numberId: NUMBER, teamId: null, assigneeId: null };
  await inbox.write('normal', [
    ...seedConversation(inbox, REFUND, { waitingSince: NOON - HOUR, caseId: CASE }),
    inbox.sql.insert(cases).values(openCase(CASE, subject, 'customer', NOON - HOUR)),
  ]);
});
afterEach(() => closeShop());

const refund = () => findConversation(inbox, REFUND, ada);
const allCases = () => inbox.sql.select().from(cases).orderBy(cases.id);
const allEvents = () => inbox.sql.select().from(events).orderBy(events.id);
const kinds = async () => (await allEvents()).map((event) => event.kind);

test('assigning gives the conversation and its case to a member, and says who did it', async () => {
  const [change] = await assign(inbox, { conversationId: REFUND, assigneeId: 12 }, ada, NOON);
  const [event] = await allEvents();
  expect(await refund()).toMatchObject({ assigneeId: 12, waitingSince: NOON - HOUR });
  expect((await allCases())[0]).toMatchObject({ assigneeId: 12 });
  expect(event).toMatchObject({ kind: 'assigned', actorKind: 'person', actorId: 11, caseId: CASE, at: NOON });
  expect(change).toEqual({
    conversationId: REFUND,
    events: [event?.id ?? 0],
    left: [{ assigneeId: null, teamId: null }],
  });
});

test('assigning to the same member again changes nothing', async () => {
  await assign(inbox, { conversationId: REFUND, assigneeId: 12 }, ada, NOON);
  expect(await assign(inbox, { conversationId: REFUND, assigneeId: 12 }, bo, NOON)).toEqual([]);
  expect(await kinds()).toEqual(['assigned']);
});

test('assigning to nobody says where it was before', async () => {
  await assign(inbox, { conversationId: REFUND, assigneeId: 12 }, ada, NOON);
  const [change] = await assign(inbox, { conversationId: REFUND, assigneeId: null }, ada, NOON);
  expect(change?.left).toEqual([{ assigneeId: 12, teamId: null }]);
  expect(await refund()).toMatchObject({ assigneeId: null });
  expect(await kinds()).toEqual(['assigned', 'unassigned']);
});

test('somebody who has left, or was never here, cannot be assigned', async () => {
  for (const assigneeId of [14, STALE]) {
    await expect(assign(inbox, { conversationId: REFUND, assigneeId }, ada, NOON)).rejects.toThrow(Invalid);
  }
  expect(await kinds()).toEqual([]);
});

test('closing closes the case and ends the waiting; closing twice records one event', async () => {
  expect(await closeConversation(inbox, REFUND, ada, NOON)).toHaveLength(1);
  expect(await closeConversation(inbox, REFUND, bo, NOON + 1)).toEqual([]);
  expect(await refund()).toMatchObject({ state: 'closed', waitingSince: null });
  expect(await allCases()).toMatchObject([{ id: CASE, closedAt: NOON, closedBy: 11 }]);
  expect(await kinds()).toEqual(['case.closed']);
});

test('reopening within twelve hours goes on with the same case', async () => {
  await assign(inbox, { conversationId: REFUND, assigneeId: 12 }, ada, NOON);
  await closeConversation(inbox, REFUND, ada, NOON);
  expect(await reopen(inbox, REFUND, ada, NOON + 12 * HOUR)).toHaveLength(1);
  expect(await reopen(inbox, REFUND, ada, NOON + 12 * HOUR)).toEqual([]);
  expect(await refund()).toMatchObject({ state: 'open', caseId: CASE, assigneeId: 12 });
  expect(await allCases()).toMatchObject([{ id: CASE, closedAt: null, closedBy: null, reopened: 1 }]);
  expect((await kinds()).at(-1)).toBe('case.reopened');
});

test('reopening later begins a new case, opened by who did it', async () => {
  await closeConversation(inbox, REFUND, ada, NOON);
  await reopen(inbox, REFUND, ada, NOON + 12 * HOUR + 1);
  const [first, second] = await allCases();
  expect(first).toMatchObject({ id: CASE, closedAt: NOON, reopened: 0 });
  expect(second).toMatchObject({ openedBy: 'person', closedAt: null, conversationId: REFUND });
  expect(await refund()).toMatchObject({ state: 'open', caseId: second?.id });
  expect((await kinds()).at(-1)).toBe('case.opened');
});

test('reopening takes the conversation from an assignee who has left', async () => {
  await assign(inbox, { conversationId: REFUND, assigneeId: 12 }, ada, NOON);
  await closeConversation(inbox, REFUND, ada, NOON);
  await inbox.write('normal', [
    inbox.sql.update(members).set({ leftAt: NOON }).where(eq(members.userId, 12)),
  ]);
  const [change] = await reopen(inbox, REFUND, ada, NOON);
  expect(change?.left).toEqual([{ assigneeId: 12, teamId: null }]);
  expect(await refund()).toMatchObject({ assigneeId: null });
});

test('"no answer needed" ends the waiting and leaves the case open, once', async () => {
  expect(await waiveAnswer(inbox, REFUND, ada, NOON)).toHaveLength(1);
  expect(await waiveAnswer(inbox, REFUND, ada, NOON)).toEqual([]);
  expect(await refund()).toMatchObject({ state: 'open', waitingSince: null });
  expect(await allCases()).toMatchObject([{ closedAt: null }]);
  expect(await kinds()).toEqual(['answer.waived']);
});

const verbs = {
  assign: (id: number, viewer: Viewer) => assign(inbox, { conversationId: id, assigneeId: 12 }, viewer, NOON),
  close: (id: number, viewer: Viewer) => closeConversation(inbox, id, viewer, NOON),
  reopen: (id: number, viewer: Viewer) => reopen(inbox, id, viewer, NOON),
  waive: (id: number, viewer: Viewer) => waiveAnswer(inbox, id, viewer, NOON),
};

for (const [name, verb] of Object.entries(verbs)) {
  test(`to ${name} needs an id that exists, sight of it and the permission`, async () => {
    await expect(verb(STALE, ada)).rejects.toThrow(NotFound);
    await expect(verb(REFUND, cleo)).rejects.toThrow(NotFound);
    await expect(verb(REFUND, reader)).rejects.toThrow(Forbidden);
    expect(await kinds()).toEqual([]);
  });
}

test('a conversation merged into another is answered with the other', async () => {
  await inbox.write('normal', seedConversation(inbox, 8, { mergedIntoId: REFUND }));
  expect((await findConversation(inbox, 8, ada)).id).toBe(REFUND);
  await closeConversation(inbox, 8, ada, NOON);
  const rows = await inbox.sql.select().from(conversations).orderBy(conversations.id);
  expect(rows.map((row) => row.state)).toEqual(['closed', 'open']);
});
