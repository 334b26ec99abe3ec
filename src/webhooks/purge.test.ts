import { afterEach, beforeEach, expect, test } from 'bun:test';
import { journal, journalContacts, messages, parkedStatuses } from '#src/db/schema/inbox/index.ts';
import { appendToJournal, arrivedChange } from './journal.ts';
import { OPEN_ROWS } from './pending-rows.ts';
import { JOURNAL_KEPT_MS, purgeJournal, purgeParkedStatuses } from './purge.ts';
import { bakery, openWebhookBench, statusOf, text, type WebhookBench, webhookBody } from './testing.ts';

let bench: WebhookBench;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
});
afterEach(() => bench.close());

test('raw changes go 30 days after they were understood, failed ones stay', async () => {
  const inbox = await bench.inbox(bakery);
  await bench.post(webhookBody(bakery, text('wamid.1', 'Hello')));
  await bench.post(webhookBody(bakery, { messages: [null] }));
  await bench.settled();
  await purgeJournal(inbox, bench.clock.now + JOURNAL_KEPT_MS);
  expect(await inbox.sql.select().from(journal)).toHaveLength(2);
  await purgeJournal(inbox, bench.clock.now + JOURNAL_KEPT_MS + 1);
  expect((await inbox.sql.select().from(journal)).map((row) => row.state)).toEqual(['failed']);
  expect(await inbox.sql.select().from(journalContacts)).toEqual([]);
  expect(await inbox.sql.select().from(messages)).toHaveLength(1);
});

test('large changes go a few at a time, so that nothing waits for all of them', async () => {
  const inbox = await bench.inbox(bakery);
  const large = Array.from({ length: 9 }, (_, index) =>
    arrivedChange({ field: 'messages', entryId: '', raw: `${index}${'x'.repeat(1024 * 1024)}` }, 11, 1),
  );
  await appendToJournal(inbox, large);
  await inbox.write('full', [inbox.sql.update(journal).set({ state: 'done', doneAt: 1 })]);
  let turns = 0;
  const counting: typeof inbox = {
    ...inbox,
    turn(work) {
      turns += 1;
      return inbox.turn(work);
    },
  };
  await purgeJournal(counting, 31 * 24 * 3_600_000);
  expect(await inbox.sql.select().from(journal)).toEqual([]);
  expect(turns).toBeGreaterThan(3);
});

test('statuses whose message never came go after 7 days', async () => {
  const inbox = await bench.inbox(bakery);
  await bench.post(webhookBody(bakery, statusOf('wamid.unknown', 'sent')));
  await bench.settled();
  const week = 7 * 24 * 3_600_000;
  await purgeParkedStatuses(inbox, bench.clock.now + week);
  expect(await inbox.sql.select().from(parkedStatuses)).toHaveLength(1);
  await purgeParkedStatuses(inbox, bench.clock.now + week + 1);
  expect(await inbox.sql.select().from(parkedStatuses)).toEqual([]);
});

test('pending and old rows are found by an index, however long the journal is', async () => {
  const inbox = await bench.inbox(bakery);
  const plan = (query: string, ...params: number[]) =>
    inbox.rows(`explain query plan ${query}`, params).join();
  expect(plan(OPEN_ROWS, 0, 500)).toContain('journal_open (id>?)');
  expect(plan("select id from journal where state = 'done' and done_at < 5")).toContain('journal_done');
});
