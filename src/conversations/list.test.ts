import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { contacts, messages } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { fullSight, type Viewer } from '#src/people/viewer.ts';
import { countWaiting } from './counts.ts';
import { writeCursor } from './cursor.ts';
import { filterConversations } from './filter.ts';
import { listConversations } from './list.ts';
import { withIdentities } from './summaries.ts';
import { ada, bo, cleo, HOUR, NOON, openShop, seedConversation } from './testing.ts';
import type { ViewName } from './views.ts';

let inbox: Inbox;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ inbox, close } = await openShop());
  const mine = { assigneeId: 11 };
  const soon = { windowExpiresAt: NOON + HOUR };
  await inbox.write('normal', [
    ...seedConversation(inbox, 1, {
      ...mine,
      waitingSince: NOON - 2 * HOUR,
      lastArrivedAt: NOON - HOUR,
      ...soon,
    }),
    ...seedConversation(inbox, 2, { ...mine, waitingSince: NOON - 3 * HOUR, lastArrivedAt: NOON - 3 * HOUR }),
    ...seedConversation(inbox, 3, { ...mine, lastArrivedAt: NOON - 5 * HOUR }),
    ...seedConversation(inbox, 4, { ...mine, lastArrivedAt: NOON - HOUR }),
    ...seedConversation(inbox, 5, { ...mine, state: 'closed' }),
    ...seedConversation(inbox, 6, {
      assigneeId: 12,
      waitingSince: NOON - 4 * HOUR,
      windowExpiresAt: NOON - 1,
    }),
    ...seedConversation(inbox, 7, { waitingSince: NOON - HOUR, windowExpiresAt: NOON + 5 * HOUR }),
    ...seedConversation(inbox, 8, { lastArrivedAt: NOON + 1 }),
    ...seedConversation(inbox, 9, { ...mine, waitingSince: NOON - 9 * HOUR, mergedIntoId: 1 }),
    ...seedConversation(inbox, 10, { state: 'snoozed', snoozedUntil: NOON + HOUR, assigneeId: 12 }),
  ]);
});
afterAll(() => close());

async function ids(view: ViewName, viewer: Viewer = ada): Promise<number[]> {
  const { rows } = await listConversations(inbox, view, viewer, { now: NOON });
  return rows.map((row) => row.id);
}

test('mine lists who waits longest first, then the answered by their last activity', async () => {
  expect(await ids('mine')).toEqual([2, 1, 4, 3]);
  expect(await ids('mine', bo)).toEqual([6]);
});

test('unassigned lists what nobody has taken', async () => {
  expect(await ids('unassigned')).toEqual([7, 8]);
});

test('needs-reply lists every waiting customer and nobody else', async () => {
  expect(await ids('needs-reply')).toEqual([6, 2, 1, 7]);
});

test('closing lists who waits and whose window ends within four hours', async () => {
  expect(await ids('closing')).toEqual([1]);
});

test('all lists what is open, the newest activity first; closed what is closed', async () => {
  expect((await ids('all')).slice(0, 1)).toEqual([8]);
  expect((await ids('all')).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 6, 7, 8]);
  expect(await ids('closed')).toEqual([5]);
});

test('who may not read every conversation gets the ones assigned to them, in every view and count', async () => {
  expect(await ids('all', cleo)).toEqual([]);
  const asBo: Viewer = { ...cleo, userId: 12 } as Viewer;
  expect(await ids('all', asBo)).toEqual([6]);
  expect(countWaiting(inbox, asBo)).toEqual({ mine: 1, unassigned: 0, all: 1 });
});

test('counts say how many customers wait', async () => {
  expect(countWaiting(inbox, ada)).toEqual({ mine: 2, unassigned: 1, all: 4 });
});

test('a row carries the contact, the number, the assignee and the last message', async () => {
  const { rows } = await listConversations(inbox, 'mine', ada, { now: NOON, limit: 1 });
  expect(rows[0]).toEqual({
    id: 2,
    number: { id: 21, name: 'Front desk', displayPhone: '+1 555 078 3881' },
    contact: { id: 2, name: 'Customer 2', createdAt: NOON - 3 * HOUR },
    state: 'open',
    assignee: { id: 11, name: 'Ada' },
    teamId: null,
    lastMessage: { id: 200, direction: 'in', type: 'text', status: 'received' },
    snippet: 'Hello from 2',
    lastArrivedAt: NOON - 3 * HOUR,
    lastInboundAt: NOON - 3 * HOUR,
    lastInboundId: 200,
    windowExpiresAt: null,
    waitingSince: NOON - 3 * HOUR,
    readMessageId: null,
  });
});

test('what else a contact is called is told of one at hand, a phone number only to those who may know it', async () => {
  const { rows } = await listConversations(inbox, 'mine', ada, { now: NOON, limit: 1 });
  const contact = { id: 2, name: 'Customer 2', createdAt: NOON - 3 * HOUR, bsuid: null, username: null };
  expect(withIdentities(inbox, rows, ada)[0]).toMatchObject({
    id: 2,
    contact: { ...contact, phone: '+263770000002' },
  });
  const shortSighted: Viewer = { ...cleo, sight: { ...fullSight, seesPhones: false } } as Viewer;
  expect(withIdentities(inbox, rows, shortSighted)[0]?.contact).toEqual({
    ...contact,
    phone: '+263•••••••02',
  });
});

test('pages of every size give every row once, across the two stretches of a view', async () => {
  for (const limit of [1, 2, 3, 4, 5]) {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listConversations(inbox, 'mine', ada, { cursor, limit, now: NOON });
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual([2, 1, 4, 3]);
  }
});

test('the newest first, by state and assignee, in pages', async () => {
  const all = async (filter: Parameters<typeof filterConversations>[1], limit: number) => {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await filterConversations(inbox, filter, ada, { cursor, limit });
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    return seen;
  };
  expect(await all({}, 4)).toEqual([8, 10, 7, 6, 5, 4, 1, 2, 3]);
  expect(await all({ assignee: 12 }, 1)).toEqual([10, 6]);
  expect(await all({ assignee: 11 }, 2)).toEqual([5, 4, 1, 2, 3]);
  expect(await all({ assignee: 11, state: 'open' }, 2)).toEqual([4, 1, 2, 3]);
  expect(await all({ assignee: 'none' }, 1)).toEqual([8, 7]);
  expect(await all({ state: 'snoozed' }, 1)).toEqual([10]);
});

test('a cursor that we cannot have written is refused', async () => {
  const foreign = ['', 'x', '!!', writeCursor([1]), Buffer.from('{"a":1}').toString('base64url')];
  for (const cursor of foreign) {
    await expect(listConversations(inbox, 'mine', ada, { cursor, now: NOON })).rejects.toThrow(Invalid);
  }
});

test('the blocked are listed with every conversation of theirs, whichever of their contacts was blocked', async () => {
  const set = (id: number, values: object) =>
    inbox.sql.update(contacts).set(values).where(eq(contacts.id, id));
  await inbox.write('normal', [set(1, { mergedIntoId: 2 }), set(3, { mergedIntoId: 2 })]);
  for (const id of [2, 1]) {
    await inbox.write('normal', [set(id, { blockedAt: NOON })]);
    expect(await ids('blocked')).toEqual([1, 2, 3]);
    await inbox.write('normal', [set(id, { blockedAt: null })]);
    expect(await ids('blocked')).toEqual([]);
  }
  await inbox.write('normal', [set(1, { mergedIntoId: null }), set(3, { mergedIntoId: null })]);
});

test('a row tells a voice note from another sound', async () => {
  const sound = { kind: 'media', media: 'audio', mime: 'audio/ogg' };
  const listed = async (content: object) => {
    await inbox.write('normal', [
      inbox.sql
        .update(messages)
        .set({ type: 'audio', content: JSON.stringify(content) })
        .where(eq(messages.id, 800)),
    ]);
    const { rows } = await listConversations(inbox, 'all', ada, { now: NOON });
    return rows.find(({ id }) => id === 8)?.lastMessage;
  };
  const last = { id: 800, direction: 'in' as const, type: 'audio', status: 'received' as const };
  expect(await listed({ ...sound, voice: true })).toEqual({ ...last, isVoice: true });
  expect(await listed(sound)).toEqual(last);
});
