import { afterEach, beforeEach, expect, test } from 'bun:test';
import { asc, eq } from 'drizzle-orm';
import { parkedChanges } from '#src/db/schema/control.ts';
import { journal, messages } from '#src/db/schema/inbox/index.ts';
import { AccountUnavailable } from '#src/errors.ts';
import { appendToJournal, arrivedChange } from './journal.ts';
import { pendingRows } from './pending-rows.ts';
import { recoverJournal } from './recovery.ts';
import { bakery, garage, openWebhookBench, text, type WebhookBench, webhookBody } from './testing.ts';

let bench: WebhookBench;

beforeEach(async () => {
  bench = await openWebhookBench();
});
afterEach(() => bench.close());

/** In the journal, and not taken in: as after a kill between the 200 and the intake. */
async function journalled(...wamids: string[]): Promise<void> {
  const inbox = await bench.inbox(bakery);
  const changes = wamids.map((wamid) => {
    const change = JSON.parse(webhookBody(bakery, text(wamid, wamid))).entry[0].changes[0];
    return arrivedChange(
      { field: 'messages', entryId: bakery.wabaId, raw: JSON.stringify(change) },
      11,
      bench.clock.now,
    );
  });
  await appendToJournal(inbox, changes);
}

async function rows() {
  const { sql } = await bench.inbox(bakery);
  return sql.select().from(journal).orderBy(asc(journal.id));
}

async function texts(): Promise<string[]> {
  const { sql } = await bench.inbox(bakery);
  return (await sql.select().from(messages)).map((row) => row.text).sort();
}

test('what was answered 200 and not taken in is taken in at the next opening', async () => {
  await journalled('wamid.1', 'wamid.2');
  expect(await texts()).toEqual([]);
  await bench.restart();
  expect(await texts()).toEqual(['wamid.1', 'wamid.2']);
  expect((await rows()).map((row) => [row.state, row.attempts])).toEqual([
    ['done', 1],
    ['done', 1],
  ]);
});

test('after three strikes a row is passed over, and its neighbours go in', async () => {
  await journalled('wamid.1', 'wamid.2', 'wamid.3');
  const inbox = await bench.inbox(bakery);
  const [, second, third] = await rows();
  await inbox.write('full', [
    inbox.sql
      .update(journal)
      .set({ attempts: 3 })
      .where(eq(journal.id, second?.id ?? 0)),
    inbox.sql
      .update(journal)
      .set({ attempts: 1 })
      .where(eq(journal.id, third?.id ?? 0)),
  ]);
  await bench.restart();
  expect((await rows()).map((row) => [row.state, row.attempts])).toEqual([
    ['done', 1],
    ['failed', 3],
    ['done', 2],
  ]);
  expect(await texts()).toEqual(['wamid.1', 'wamid.3']);
});

test('it is known how many changes were taken in, and how many were set aside', async () => {
  await journalled('wamid.1', 'wamid.2', 'wamid.3');
  const inbox = await bench.inbox(bakery);
  const [first, second] = await rows();
  const raw = new TextDecoder().decode(second?.raw);
  const ofAnotherNumber = raw.replace(bakery.phoneNumberId, garage.phoneNumberId);
  await inbox.write('full', [
    inbox.sql
      .update(journal)
      .set({ attempts: 3 })
      .where(eq(journal.id, first?.id ?? 0)),
    inbox.sql
      .update(journal)
      .set({ raw: new TextEncoder().encode(ofAnotherNumber) })
      .where(eq(journal.id, second?.id ?? 0)),
  ]);
  expect(await recoverJournal(bench.services, inbox)).toEqual({ takenIn: 1, setAside: 2, parked: 0 });
  expect(await recoverJournal(bench.services, inbox)).toEqual({ takenIn: 0, setAside: 0, parked: 0 });
});

test('a row that ends the process does so three times; the fourth opening passes it over', async () => {
  await journalled('wamid.1');
  await bench.services.accounts.closeAll();
  const exits: number[] = [];
  for (let opening = 1; opening <= 4; opening += 1) {
    const child = Bun.spawn(
      [process.execPath, `${import.meta.dir}/testing-deadly-opening.ts`, bench.storage.folder],
      {
        stdout: 'ignore',
        stderr: 'ignore',
      },
    );
    exits.push(await child.exited);
  }
  expect(exits).toEqual([9, 9, 9, 0]);
  await bench.restart();
  expect((await rows()).map((row) => [row.state, row.attempts])).toEqual([['failed', 3]]);
});

test('an account that cannot be opened parks its changes sealed; the others go on; then it takes them over', async () => {
  const { accounts } = bench.services;
  bench.services.accounts = {
    ...accounts,
    use: (accountId, work) =>
      accountId === bakery.accountId
        ? Promise.reject(new AccountUnavailable(accountId, new Error('wrong key')))
        : accounts.use(accountId, work),
  };
  const body = webhookBody(bakery, text('wamid.1', 'Parked'));
  expect((await bench.post(body)).status).toBe(200);
  expect((await bench.post(body)).status).toBe(200);
  const other = webhookBody(garage, text('wamid.2', 'Not parked'));
  expect((await bench.post(other, garage.secret)).status).toBe(200);
  const parked = await bench.storage.control.sql.select().from(parkedChanges);
  expect(parked).toHaveLength(1);
  expect(Buffer.from(parked[0]?.raw ?? []).includes('Parked')).toBe(false);

  bench.services.accounts = accounts;
  await bench.settled();
  await bench.restart();
  expect(await texts()).toEqual(['Parked']);
  expect(await bench.storage.control.sql.select().from(parkedChanges)).toEqual([]);
});

test('of what waits only as many bytes are read as one run takes in, at work and at opening', async () => {
  const inbox = await bench.inbox(bakery);
  const large = Array.from({ length: 12 }, (_, index) => ({
    ...arrivedChange({ field: 'messages', entryId: '', raw: `"${index} ${'x'.repeat(1024 * 1024)}"` }, 11, 1),
  }));
  await appendToJournal(inbox, large);
  let read = 0;
  const counting = {
    rows(statement: string, params?: readonly unknown[]) {
      const found = inbox.rows(statement, params);
      read += found
        .flat()
        .reduce<number>((sum, value) => sum + (value instanceof Uint8Array ? value.byteLength : 0), 0);
      return found;
    },
  };
  const { rows: taken, isAll } = pendingRows(counting, { after: 0 });
  expect([taken.length, isAll]).toEqual([2, false]);
  expect(read).toBeLessThan(3 * 1024 * 1024);
  const ids = (await rows()).map(({ id }) => id);
  expect(taken.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  const last = pendingRows(counting, { after: ids.at(-2) ?? 0 });
  expect([last.rows.map(({ id }) => id), last.isAll]).toEqual([ids.slice(-1), true]);
  await bench.restart();
  expect(new Set((await rows()).map(({ state }) => state))).toEqual(new Set(['failed']));
});
