import { afterEach, beforeEach, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import type { Inbox } from '#src/db/inbox.ts';
import { journal } from '#src/db/schema/inbox/journal.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { type ArrivedChange, appendToJournal, arrivedChange } from './journal.ts';
import { openRecent } from './recent.ts';

let storage: TestStorage;
let inbox: Inbox;

beforeEach(async () => {
  storage = await openTestStorage();
  inbox = await storage.inbox(1);
});
afterEach(() => storage.close());

const change = (raw: string) => arrivedChange({ field: 'messages', entryId: '1', raw }, 11, 1);

async function kept(): Promise<string[]> {
  const rows = await inbox.sql.select().from(journal);
  return rows.map(({ raw }) => new TextDecoder().decode(raw));
}

test('what is repeated is kept once: within a group, later, and after the account was opened anew', async () => {
  await Promise.all([
    appendToJournal(inbox, [change('{"n":1}')]),
    appendToJournal(inbox, [change('{"n":1}')]),
  ]);
  await appendToJournal(inbox, [change('{"n":1}'), change('{"n":2}')]);
  expect(await kept()).toEqual(['{"n":1}', '{"n":2}']);

  await inbox.close();
  inbox = await storage.inbox(1);
  await appendToJournal(inbox, [change('{"n":2}'), change('{"n":3}')]);
  expect(await kept()).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
});

test('two changes whose digests begin alike are two changes', async () => {
  const alike = (end: string): ArrivedChange => ({
    ...change(`{"end":"${end}"}`),
    digest: `0123456789abc${end.repeat(51)}`,
  });
  await appendToJournal(inbox, [alike('d')]);
  await appendToJournal(inbox, [alike('e')]);
  expect(await kept()).toHaveLength(2);
});

test('what could not be written is not taken for kept', async () => {
  inbox.rows(`create trigger refused before insert on journal when new.entry_id = '1'
    begin select raise(abort, 'refused by the test'); end`);
  await expect(appendToJournal(inbox, [change('{"n":1}')])).rejects.toThrow('refused by the test');
  inbox.rows('drop trigger refused');
  await appendToJournal(inbox, [change('{"n":1}')]);
  expect(await kept()).toEqual(['{"n":1}']);
});

test('a change that the journal has let go of is new when it comes again', async () => {
  await appendToJournal(inbox, [change('{"n":1}')]);
  const recent = openRecent(inbox);
  expect(recent.has(change('{"n":1}').digest)).toBe(true);
  await inbox.write('full', [inbox.sql.delete(journal)]);
  expect(recent.has(change('{"n":1}').digest)).toBe(false);
});

test('the last 4,000 changes at least are known, and no more than twice as many', async () => {
  const { digest } = change('{"n":1}');
  await appendToJournal(inbox, [change('{"n":1}')]);
  const recent = openRecent(inbox);
  const others = (count: number) => {
    for (let other = 0; other < count; other += 1) {
      recent.add(other.toString(16).padStart(13, '0'), other);
    }
  };
  others(4_000);
  expect(recent.has(digest)).toBe(true);
  others(4_000);
  expect(recent.has(digest)).toBe(false);
});

test('at an opening only so much of the journal is read as the end of the process may have cut off', async () => {
  const large = Array.from({ length: 4 }, (_, n) => change(`${n}${'x'.repeat(1024 * 1024)}`));
  await appendToJournal(inbox, large);
  const recent = openRecent(inbox);
  expect(large.map(({ digest }) => recent.has(digest))).toEqual([false, false, true, true]);
});

test('a change has the digest that every version of this program gave it', () => {
  expect(change('{"n":"é😀"}').digest).toBe(
    createHash('sha256').update('messages\n1\n{"n":"é😀"}', 'utf8').digest('hex'),
  );
});
