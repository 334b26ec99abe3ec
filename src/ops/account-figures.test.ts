import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import { NOON, NUMBER, seedConversation, seedNumber } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { files, journal, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import { KEPT_BY_META_MS } from '#src/messages/receive-media.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { MOST_COUNTED, readAccountFigures } from './account-figures.ts';

let storage: TestStorage;
let inbox: Inbox;

beforeEach(async () => {
  storage = await openTestStorage(() => NOON);
  inbox = await storage.inbox(1);
  await inbox.write('normal', [seedNumber(inbox), ...seedConversation(inbox, 7)]);
});
afterEach(() => storage.close());

const read = () => readAccountFigures(inbox, NOON);

const quiet = {
  accountId: 1,
  pending: 0,
  pendingSince: null,
  failed: 0,
  queued: { interactive: 0, bulk: 0 },
  dueSince: { interactive: null, bulk: null },
  unknown: 0,
  asked: 0,
  paused: 0,
  filesExpected: 0,
  filesExpectedSince: null,
};

/** Changes in the journal, with ids from `first` on. */
const change = (id: number, state: (typeof journal.$inferInsert)['state'], receivedAt = NOON) =>
  inbox.sql.insert(journal).values({
    id,
    appId: 1,
    field: 'messages',
    entryId: '1',
    raw: new Uint8Array(1),
    digest: String(id),
    state,
    receivedAt,
  });

type Waiting = Partial<typeof outbox.$inferInsert> & { id: number };

/** A reaction, which needs no message of its own to wait. */
const waiting = ({ id, ...more }: Waiting) =>
  inbox.sql.insert(outbox).values({
    id,
    reactionId: id,
    numberId: NUMBER,
    conversationId: 7,
    lane: 'interactive',
    state: 'queued',
    attempt: 1,
    notBefore: NOON,
    ...more,
  });

test('an account in which nothing waits', async () => {
  expect(await read()).toEqual(quiet);
});

test('what waits to be taken in is counted from its first, whatever failed before it', async () => {
  await inbox.write('normal', [
    change(1, 'failed', NOON - 9_000),
    change(2, 'partly', NOON - 8_000),
    change(3, 'done', NOON - 7_000),
    change(4, 'pending', NOON - 3_000),
    change(5, 'pending', NOON - 1_000),
  ]);
  expect(await read()).toEqual({ ...quiet, failed: 2, pending: 2, pendingSince: NOON - 3_000 });
});

test('sends are counted by lane; one that shall go later does not wait yet', async () => {
  await inbox.write('normal', [
    waiting({ id: 1, notBefore: NOON - 5_000 }),
    waiting({ id: 2, notBefore: NOON + 60_000 }),
    waiting({ id: 3, lane: 'bulk', notBefore: NOON + 60_000 }),
    waiting({ id: 4, state: 'sending', claimedAt: NOON }),
    waiting({ id: 5, state: 'unknown', claimedAt: NOON }),
    waiting({ id: 6, state: 'unknown', claimedAt: NOON, askedAt: NOON }),
  ]);
  expect(await read()).toEqual({
    ...quiet,
    queued: { interactive: 2, bulk: 1 },
    dueSince: { interactive: NOON - 5_000, bulk: null },
    unknown: 2,
    asked: 1,
  });
});

test('what a paused number holds is counted, but nobody has to wonder since when', async () => {
  await inbox.write('normal', [
    waiting({ id: 1, notBefore: NOON - 5_000 }),
    inbox.sql.update(numbers).set({ state: 'paused', pausedFor: 'token' }),
  ]);
  expect(await read()).toEqual({ ...quiet, queued: { interactive: 1, bulk: 0 }, paused: 1 });
});

test('files that are not here yet are counted, and wait since the first of them has come', async () => {
  const expected = (id: number, state: 'waiting' | 'fetching' | 'stored' | 'failed', age: number) =>
    inbox.sql.insert(files).values({
      id,
      state,
      mime: 'image/jpeg',
      mediaExpiresAt: NOON - age + KEPT_BY_META_MS,
      nextAt: NOON,
    });
  await inbox.write('normal', [
    expected(1, 'stored', 9_000),
    expected(2, 'failed', 8_000),
    expected(3, 'fetching', 5_000),
    expected(4, 'waiting', 3_000),
  ]);
  expect(await read()).toEqual({ ...quiet, filesExpected: 2, filesExpectedSince: NOON - 5_000 });
});

test('counting ends, but the first is always found', async () => {
  await inbox.write('normal', [
    sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MOST_COUNTED + 500})
      insert into outbox (id, reaction_id, number_id, conversation_id, lane, state, attempt, not_before)
      select i, i, ${NUMBER}, 7, 'bulk', 'queued', 1, ${NOON} - i from n`,
  ]);
  const { queued, dueSince } = await read();
  expect(queued.bulk).toBe(MOST_COUNTED);
  expect(dueSince.bulk).toBe(NOON - MOST_COUNTED - 500);
});

test('every statement goes by an index', async () => {
  const plans: string[] = [];
  const objects: Inbox['objects'] = (statement) => {
    const steps = inbox.objects<{ detail: string }>(sql`explain query plan ${statement}`);
    plans.push(...steps.map(({ detail }) => detail));
    return inbox.objects(statement);
  };
  readAccountFigures({ ...inbox, objects }, NOON);
  const scans = plans.filter((step) => /^SCAN (?!CONSTANT|n$|\(subquery)/.test(step));
  expect(plans.length).toBeGreaterThan(10);
  // Both hold nothing but what is looked for.
  expect(scans.filter((step) => !/USING INDEX (journal_open|files_next)/.test(step))).toEqual([]);
  expect(plans.filter((step) => step.includes('outbox_due')).length).toBeGreaterThanOrEqual(6);
});
