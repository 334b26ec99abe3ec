import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import { openShop } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { writePast } from './write.ts';

const SCALE = { conversations: 300, messages: 6_000 };
const NOW = Date.UTC(2026, 10, 22, 12);
const AGENTS = [11, 12];

let inbox: Inbox;
let close: () => Promise<void>;
let ids: number[];

beforeAll(async () => {
  ({ inbox, close } = await openShop());
  ids = await writePast(inbox, SCALE, { agents: AGENTS, now: NOW, clock: { now: NOW }, progress: () => {} });
});
afterAll(() => close());

const count = (query: ReturnType<typeof sql>) => inbox.objects<{ found: number }>(query)[0]?.found;

test('a past has as many conversations and messages as were asked for, all before now', () => {
  expect(ids).toHaveLength(SCALE.conversations);
  expect(new Set(ids).size).toBe(SCALE.conversations);
  expect(count(sql`select count(*) as found from messages`)).toBe(SCALE.messages);
  expect(count(sql`select count(*) as found from messages where ordered_at > ${NOW}`)).toBe(0);
});

test('the longest conversation comes first, and is much longer than most', () => {
  const lengths = inbox.objects<{ conversation: number; length: number }>(sql`
    select conversation_id as conversation, count(*) as length from messages group by 1 order by 2 desc`);
  expect(lengths[0]?.conversation).toBe(Number(ids[0]));
  expect(lengths[0]?.length).toBeGreaterThan(10 * Number(lengths[150]?.length));
});

test('conversations stand as their messages left them', () => {
  const wrong = inbox.objects(sql`
    select id from conversations c where last_message_id <> (
        select id from messages m where m.conversation_id = c.id order by ordered_at desc, id desc limit 1)
      or last_inbound_at <> (
        select max(ordered_at) from messages m where m.conversation_id = c.id and direction = 'in')
      or (state = 'closed' and waiting_since is not null)
      or (state <> 'closed' and (waiting_since is not null) <> (
        (select direction from messages m where m.id = c.last_message_id) = 'in'))
      or (state <> 'closed') <> exists (
        select 1 from cases where cases.conversation_id = c.id and closed_at is null)`);
  expect(wrong).toEqual([]);
});

test('every state occurs, taken and not, waiting and answered', () => {
  const kinds = inbox.objects<{ kind: string }>(sql`
    select distinct state || ' ' || (assignee_id is null) || ' ' || (waiting_since is null) as kind from conversations`);
  const states = ['open 0 0', 'open 0 1', 'open 1 0', 'open 1 1', 'closed 0 1', 'closed 1 1'];
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(states));
  expect(kinds.some(({ kind }) => kind.startsWith('snoozed'))).toBe(true);
});
