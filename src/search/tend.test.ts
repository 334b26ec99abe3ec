import { afterEach, beforeEach, expect, test } from 'bun:test';
import { NOON, openShop, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { jobs } from '#src/db/schema/inbox/index.ts';
import { until } from '#src/testing/until.ts';
import { indexMessages } from './index-rows.ts';
import { tendAfterRun, tendWhenIdle } from './tend.ts';
import { contactsOf, find, segmentsOf } from './testing.ts';

let shop: Awaited<ReturnType<typeof openShop>>;
let inbox: Inbox;
let errors: unknown[];

beforeEach(async () => {
  shop = await openShop();
  ({ inbox } = shop);
  errors = [];
  await inbox.write('normal', seedConversation(inbox, 7));
});
afterEach(() => shop.close());

/** Tending may go on after its test: it stays with the inbox it was begun for. */
const parts = (own = inbox) => ({
  accounts: {
    use: <T>(_: number, work: (inbox: Inbox) => Promise<T>) => work(own),
    openNow: () => (own === inbox ? [own.accountId] : []),
  },
  log: { error: (what: unknown) => void errors.push(what) },
});

async function write(commits: number, from = 1000): Promise<void> {
  for (let id = from; id < from + commits; id += 1) {
    await inbox.write('normal', [
      seedMessage(inbox, { id, conversationId: 7, orderedAt: NOON, text: `word${id}` }),
      ...indexMessages([{ id, text: `word${id}` }]),
    ]);
  }
}

test('an idle account merges its index and catches up with what is not in it', async () => {
  await write(20);
  await inbox.write('normal', [
    inbox.sql.insert(jobs).values({ id: 1, kind: 'search.contacts', dueAt: 1, state: 'open', data: '7' }),
  ]);
  tendWhenIdle(parts(), inbox, 1);
  await until('the index to be merged', async () => (await segmentsOf(inbox)) < 4);
  await until('the contacts to be found', async () => (await find(inbox, 'customer')).contacts.length > 0);
  expect(contactsOf(await find(inbox, 'customer'))).toEqual([7]);
  expect(errors).toEqual([]);
});

test('an account that was closed is left alone, and not opened for it', async () => {
  await write(20);
  const asked = Promise.withResolvers<void>();
  const { accounts, log } = parts();
  const openNow = () => {
    asked.resolve();
    return [];
  };
  tendWhenIdle({ accounts: { ...accounts, openNow }, log }, inbox, 1);
  await asked.promise;
  await inbox.turn(async () => {});
  expect(await segmentsOf(inbox)).toBe(20);
});

test('an account that is closed in the middle of a step is no error', async () => {
  const closed = Promise.withResolvers<void>();
  let isOpen = true;
  const accounts = {
    async use(): Promise<never> {
      isOpen = false;
      throw new Error('account 1 is closed');
    },
    openNow() {
      if (!isOpen) {
        closed.resolve();
      }
      return isOpen ? [inbox.accountId] : [];
    },
  };
  tendWhenIdle({ ...parts(), accounts }, inbox, 1);
  await closed.promise;
  expect(errors).toEqual([]);
});

test('an account that is never idle merges a step a run, after many runs', async () => {
  for (let run = 0; run < 64; run += 1) {
    await write(1, 1000 + run);
    await tendAfterRun(parts(), inbox);
  }
  expect(await segmentsOf(inbox)).toBe(64);
  let runs = 0;
  while ((await segmentsOf(inbox)) > 8 && runs < 200) {
    runs += 1;
    await write(1, 2000 + runs);
    await tendAfterRun(parts(), inbox);
  }
  expect(await segmentsOf(inbox)).toBeLessThan(9);
});

test('a step that fails is logged, and stops nothing else', async () => {
  await write(1);
  const failing = { ...inbox, turn: () => Promise.reject(new Error('no turn')) };
  for (let run = 0; run < 65; run += 1) {
    await tendAfterRun(parts(), failing);
  }
  expect(errors).toHaveLength(1);
});
