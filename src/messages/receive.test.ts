import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq, isNull } from 'drizzle-orm';
import { restoreWaiting } from '#src/conversations/waiting.ts';
import type { Inbox } from '#src/db/inbox.ts';
import {
  attachments,
  cases,
  contacts,
  conversations,
  events,
  files,
  members,
  messages,
  reactions,
  roles,
} from '#src/db/schema/inbox/index.ts';
import { bakery, NOON, noor, openWebhookBench, text, type WebhookBench } from '#src/webhooks/testing.ts';

const HOUR = 3_600_000;
let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

const arrive = (...values: object[]) => bench.arrive(...values);

const say = (wamid: string, body: string, second: number, more: object = {}) =>
  arrive(text(wamid, body, { second, ...more }));

const reaction = (wamid: string, target: string, emoji: string, second: number) => ({
  contacts: [{ profile: { name: 'Noor' }, wa_id: noor.from, user_id: noor.from_user_id }],
  messages: [
    {
      id: wamid,
      ...noor,
      timestamp: String(NOON / 1000 + second),
      type: 'reaction',
      reaction: { message_id: target, emoji },
    },
  ],
});

async function theConversation() {
  const rows = await inbox.sql.select().from(conversations);
  expect(rows).toHaveLength(1);
  const [row] = rows;
  if (!row) {
    throw new Error('there is no conversation');
  }
  return row;
}

async function close(
  closedAt: number,
  change: Partial<typeof conversations.$inferInsert> = {},
): Promise<void> {
  await inbox.write('full', [
    inbox.sql.update(cases).set({ closedAt }),
    inbox.sql.update(conversations).set({ state: 'closed', waitingSince: null, caseId: null, ...change }),
  ]);
}

test('late arrivals take their place in the thread, move the conversation up, and leave the snippet alone', async () => {
  await say('wamid.2', 'second', 60);
  bench.clock.now += 120_000;
  await say('wamid.1', 'first', 0);
  expect(await theConversation()).toMatchObject({
    snippet: 'second',
    lastArrivedAt: bench.clock.now,
    lastInboundAt: NOON + 60_000,
    windowExpiresAt: NOON + 60_000 + 24 * HOUR,
    waitingSince: NOON,
  });
  const [first] = await inbox.sql.select().from(messages).where(eq(messages.wamid, 'wamid.1'));
  expect(first).toMatchObject({ orderedAt: NOON, arrivedAt: bench.clock.now });
  expect((await theConversation()).lastInboundId).toBe(first?.id ?? 0);
  expect(await inbox.sql.select().from(cases)).toMatchObject([{ firstInboundAt: NOON }]);
});

test('within twelve hours of closing the same case goes on with its assignee, later a new one begins', async () => {
  await say('wamid.1', 'Hello', 0);
  await inbox.write('full', [
    inbox.sql.insert(roles).values({ id: 1, name: 'Agent', permissions: '' }),
    inbox.sql.insert(members).values({ userId: 7, name: 'Ada', roleId: 1, joinedAt: 0 }),
  ]);
  await close(NOON + HOUR, { assigneeId: 7 });
  await say('wamid.2', 'One more thing', 13 * 3600);
  expect(await theConversation()).toMatchObject({
    state: 'open',
    assigneeId: 7,
    waitingSince: NOON + 13 * HOUR,
  });
  expect(await inbox.sql.select().from(cases)).toMatchObject([{ closedAt: null, reopened: 1 }]);

  await close(NOON + 14 * HOUR, { assigneeId: 7 });
  await inbox.write('full', [inbox.sql.update(members).set({ leftAt: NOON })]);
  await say('wamid.3', 'Another order', 27 * 3600);
  const [old, fresh] = await inbox.sql.select().from(cases);
  expect([old?.closedAt, fresh?.closedAt, fresh?.openedBy]).toEqual([NOON + 14 * HOUR, null, 'customer']);
  expect(await theConversation()).toMatchObject({ caseId: fresh?.id, assigneeId: null });
  const kinds = (await inbox.sql.select().from(events)).map((event) => event.kind);
  expect(kinds).toEqual(['case.opened', 'case.reopened', 'case.opened']);
  expect(bench.pushed.at(-1)).toMatchObject({ left: [{ assigneeId: 7, teamId: null }] });
});

test('of two conversations that became one, the case that was closed last goes on', async () => {
  const { from, from_user_id } = noor;
  await say('wamid.1', 'Hello', 0, { from: { from } });
  await close(NOON + HOUR);
  await say('wamid.2', 'Hello again', 20 * 3600, { from: { from_user_id } });
  await say('wamid.3', 'It is me', 20 * 3600 + 1);
  await inbox.write('full', [
    inbox.sql
      .update(cases)
      .set({ closedAt: NOON + 21 * HOUR })
      .where(isNull(cases.closedAt)),
    inbox.sql.update(conversations).set({ state: 'closed', waitingSince: null }),
  ]);
  await say('wamid.4', 'One more thing', 22 * 3600);
  const known = await inbox.sql.select().from(cases);
  expect(known.map(({ closedAt, reopened }) => [closedAt, reopened])).toEqual([
    [NOON + HOUR, 0],
    [null, 1],
  ]);
  const [shown] = await inbox.sql.select().from(conversations);
  expect(shown).toMatchObject({ state: 'open', caseId: known[1]?.id });
});

test('a snoozed conversation wakes', async () => {
  await say('wamid.1', 'Hello', 0);
  await inbox.write('full', [
    inbox.sql.update(conversations).set({ state: 'snoozed', snoozedUntil: NOON * 2 }),
  ]);
  await say('wamid.2', 'Anybody there?', 60);
  expect(await theConversation()).toMatchObject({ state: 'open', snoozedUntil: null });
});

test('what somebody blocked writes is kept, and neither opens nor waits', async () => {
  await say('wamid.1', 'Hello', 0);
  await close(NOON + HOUR);
  await inbox.write('full', [inbox.sql.update(contacts).set({ blockedAt: NOON })]);
  await say('wamid.2', 'Let me in', 2 * 3600);
  expect(await theConversation()).toMatchObject({
    state: 'closed',
    waitingSince: null,
    snippet: 'Let me in',
  });
});

test('a group message is kept in its writer’s conversation, marked, and opens no window', async () => {
  await say('wamid.1', 'To the group', 0, { group_id: 'group-1' });
  expect(await theConversation()).toMatchObject({
    state: 'closed',
    snippet: 'To the group',
    windowExpiresAt: null,
    waitingSince: null,
    caseId: null,
  });
  const [row] = await inbox.sql.select().from(messages);
  expect(JSON.parse(row?.content ?? '')).toEqual({ kind: 'text', groupId: 'group-1' });
});

test('a group message is not what waits for an answer, also when an answer fails', async () => {
  await say('wamid.1', 'Hello', 0);
  await say('wamid.2', 'To the group', 120, { group_id: 'group-1' });
  const [first] = await inbox.sql.select().from(messages);
  if (!first) {
    throw new Error('nothing arrived');
  }
  const answer = { ...first, direction: 'out', authorKind: 'person', wamid: null } as const;
  await inbox.write('full', [
    inbox.sql.insert(messages).values([
      { ...answer, id: inbox.nextId(), orderedAt: NOON + 60_000, status: 'read' },
      { ...answer, id: inbox.nextId(), orderedAt: NOON + 180_000, status: 'failed' },
    ]),
    inbox.sql.update(conversations).set({ waitingSince: null }),
    restoreWaiting([first.conversationId]),
  ]);
  expect(await theConversation()).toMatchObject({ state: 'open', waitingSince: null });
});

test('a quote finds its message, whichever comes first', async () => {
  await say('wamid.1', 'Is it ready?', 0);
  await say('wamid.3', 'I mean this', 2, { context: { id: 'wamid.1' } });
  await say('wamid.4', 'and this', 3, { context: { id: 'wamid.2' } });
  await say('wamid.2', 'The cake', 1);
  const rows = await inbox.sql.select().from(messages);
  const id = (wamid: string) => rows.find((row) => row.wamid === wamid)?.id;
  expect(rows.find((row) => row.wamid === 'wamid.3')?.quotedId).toBe(id('wamid.1'));
  expect(rows.find((row) => row.wamid === 'wamid.4')?.quotedId).toBe(id('wamid.2'));
});

test('a reaction waits for its message, the newest counts, and it moves no conversation', async () => {
  await arrive(reaction('wamid.r2', 'wamid.1', '👍', 20));
  await arrive(reaction('wamid.r1', 'wamid.1', '😀', 10));
  await say('wamid.1', 'Hello', 0);
  const shown = async () => (await inbox.sql.select().from(reactions)).map((row) => [row.side, row.emoji]);
  expect(await shown()).toEqual([['in', '👍']]);
  await close(NOON + HOUR);
  await arrive(reaction('wamid.r3', 'wamid.1', '', 30));
  expect(await shown()).toEqual([['in', '']]);
  expect((await theConversation()).state).toBe('closed');
  expect(await inbox.sql.select().from(contacts)).toHaveLength(1);
});

test('a picture has a file that waits to be fetched', async () => {
  const image = { id: 'media-1', mime_type: 'image/jpeg', sha256: 'abc=', caption: 'The roof' };
  await say('wamid.1', '', 0, { type: 'image', image, text: undefined });
  expect(await inbox.sql.select().from(files)).toMatchObject([
    { mediaId: 'media-1', mime: 'image/jpeg', state: 'waiting', nextAt: bench.clock.now },
  ]);
  expect(await inbox.sql.select().from(attachments)).toMatchObject([{ position: 0 }]);
  expect(await theConversation()).toMatchObject({ snippet: 'The roof' });
});

test('what is not supported keeps its raw change', async () => {
  await say('wamid.1', '', 0, { type: 'poll', poll: { question: 'Tea or coffee?' }, text: undefined });
  const [row] = await inbox.sql.select().from(messages);
  expect(row?.type).toBe('unsupported');
  expect(new TextDecoder().decode(row?.raw ?? new Uint8Array())).toContain('Tea or coffee?');
});
