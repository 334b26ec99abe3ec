import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import { NOON, openShop, seedConversation } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { files, messages } from '#src/db/schema/inbox/index.ts';
import { nextFetch, selectDue } from './fetch-due.ts';
import { recoverFetches } from './fetch-recover.ts';
import { LONGEST_WAIT_MS } from './fetch-verdict.ts';

const MINUTE = 60_000;
let inbox: Inbox;
let close: () => Promise<void>;

beforeEach(async () => {
  ({ inbox, close } = await openShop());
});
afterEach(() => close());

type Given = { id: number; state: 'waiting' | 'fetching' | 'stored'; nextAt: number | null; tries?: number };
const file = (given: Given) => inbox.sql.insert(files).values({ mime: 'image/jpeg', ...given });
const read = () =>
  inbox.sql.select({ id: files.id, state: files.state, nextAt: files.nextAt }).from(files).orderBy(files.id);

test('what is due is found by the index of what is expected, however many files there are', () => {
  const { sql: statement, params } = selectDue(inbox, NOON, 3).toSQL();
  const [at = 0, limit = 0] = params;
  const text = statement.replace('?', String(at)).replace('?', String(limit));
  const plan = inbox.objects<{ detail: string }>(sql.raw(`explain query plan ${text}`));
  expect(plan[0]?.detail).toBe('SEARCH files USING INDEX files_next (next_at<?)');
  expect(plan.map(({ detail }) => detail).filter((step) => step.startsWith('SCAN'))).toEqual([]);
});

test('after a start what was cut off waits again; what was cut off often waits for a while', async () => {
  await inbox.write('normal', [
    file({ id: 1, state: 'fetching', nextAt: NOON + MINUTE, tries: 2 }),
    file({ id: 2, state: 'fetching', nextAt: NOON + MINUTE, tries: 3 }),
    file({ id: 3, state: 'waiting', nextAt: NOON + 2 * MINUTE }),
    file({ id: 4, state: 'stored', nextAt: null }),
  ]);
  expect(await recoverFetches(inbox, NOON)).toBe(2);
  expect(await read()).toEqual([
    { id: 1, state: 'waiting', nextAt: NOON },
    { id: 2, state: 'waiting', nextAt: NOON + 10 * MINUTE },
    { id: 3, state: 'waiting', nextAt: NOON + 2 * MINUTE },
    { id: 4, state: 'stored', nextAt: null },
  ]);
  expect(await nextFetch(inbox, NOON)).toBe(NOON + 2 * MINUTE);
});

test('a clock that was set back while the program was stopped makes nothing wait for longer', async () => {
  await inbox.write('normal', [
    ...seedConversation(inbox, 7, { lastArrivedAt: NOON }),
    file({ id: 1, state: 'waiting', nextAt: NOON + MINUTE }),
  ]);
  const hourBefore = NOON - 60 * MINUTE;
  await recoverFetches(inbox, hourBefore);
  expect(await nextFetch(inbox, 0)).toBe(hourBefore + MINUTE);

  const monthBefore = NOON - 30 * 24 * 60 * MINUTE;
  await inbox.write('normal', [inbox.sql.delete(messages)]);
  await recoverFetches(inbox, monthBefore);
  expect(await nextFetch(inbox, 0)).toBe(monthBefore + LONGEST_WAIT_MS);
});
