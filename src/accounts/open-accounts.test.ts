import { afterEach, beforeEach, expect, test } from 'bun:test';
import { rmSync, writeFileSync } from 'node:fs';
import { eq, sql } from 'drizzle-orm';
import { type Inbox, inboxPath } from '#src/db/inbox.ts';
import { accounts } from '#src/db/schema/control.ts';
import { teams } from '#src/db/schema/inbox/people.ts';
import { AccountUnavailable, StorageFull } from '#src/errors.ts';
import { dueAccounts } from '#src/jobs/wakeups.ts';
import { openAccountsBench } from './open-testing.ts';

let bench: Awaited<ReturnType<typeof openAccountsBench>>;

beforeEach(async () => {
  bench = await openAccountsBench();
});
afterEach(() => bench.close());

test('no more than the limit stay open, and one that was closed opens again with what it held', async () => {
  const set = bench.openSet(2);
  for (const id of [1, 2, 3, 4]) {
    await bench.register(id);
    await set.create(id);
    await set.use(id, (inbox) =>
      inbox.write('full', [inbox.sql.insert(teams).values({ id, name: `team ${id}` })]),
    );
    bench.clock.now += 1;
  }
  expect(set.openNow()).toHaveLength(2);
  const kept = await set.use(1, (inbox) => inbox.sql.select().from(teams));
  expect(kept.map((team) => team.name)).toEqual(['team 1']);
  await set.closeAll();
});

test('a pinned account is never closed, however many others are used', async () => {
  const set = bench.openSet(1);
  await set.create(1);
  const { inbox, release } = await set.pin(1);
  for (const id of [2, 3]) {
    await set.create(id);
  }
  expect(set.openNow()).toContain(1);
  await inbox.write('full', [inbox.sql.insert(teams).values({ id: 1, name: 'still here' })]);
  release();
  await set.closeAll();
  expect(set.openNow()).toEqual([]);
});

test('two who ask at once share one opening, and recovery runs once before either gets it', async () => {
  const set = bench.openSet(8);
  await set.create(1);
  await set.closeAll();
  bench.recovered.length = 0;
  const [one, two] = await Promise.all([
    set.use(1, async (inbox) => inbox),
    set.use(1, async (inbox) => inbox),
  ]);
  expect(one).toBe(two);
  expect(bench.recovered).toEqual([1]);
  await set.closeAll();
});

test('a damaged account is refused and flagged; its neighbour goes on; once repaired it opens and the flag goes', async () => {
  const set = bench.openSet(8);
  for (const id of [1, 2]) {
    await bench.register(id);
    await set.create(id);
  }
  await set.closeAll();
  const path = inboxPath(bench.storage.folder, 1);
  const healthy = await Bun.file(path).bytes();
  writeFileSync(path, Buffer.alloc(8192, 3));

  await expect(set.use(1, async () => {})).rejects.toThrow(AccountUnavailable);
  expect((await bench.account(1))?.needsAttention).toContain('cannot be read with its key');
  expect(await set.use(2, async (inbox) => inbox.accountId)).toBe(2);

  writeFileSync(path, healthy);
  await expect(set.use(1, async () => {})).rejects.toThrow(AccountUnavailable); // not tried again at once
  bench.clock.now += 5_000;
  expect(await set.use(1, async (inbox) => inbox.accountId)).toBe(1);
  expect((await bench.account(1))?.needsAttention).toBeNull();
  await set.closeAll();
});

test('an account that could not be opened is tried again in time, although the clock was set back', async () => {
  const set = bench.openSet(8);
  await bench.register(1);
  await set.create(1);
  await set.closeAll();
  const path = inboxPath(bench.storage.folder, 1);
  const healthy = await Bun.file(path).bytes();
  writeFileSync(path, Buffer.alloc(8192, 3));
  await expect(set.use(1, async () => {})).rejects.toThrow(AccountUnavailable);
  writeFileSync(path, healthy);
  bench.clock.now -= 60 * 60_000;
  await expect(set.use(1, async () => {})).rejects.toThrow(AccountUnavailable);
  bench.clock.now += 5_000;
  expect(await set.use(1, async (inbox) => inbox.accountId)).toBe(1);
  await set.closeAll();
});

test('what could not be opened again after a crash is counted', async () => {
  const crashed = bench.openSet(8);
  await bench.register(1);
  await crashed.create(1);
  await crashed.use(1, async (inbox) => inbox.close());
  rmSync(inboxPath(bench.storage.folder, 1));

  const next = bench.openSet(8);
  expect(await next.reopenInterrupted()).toBe(1);
  await next.closeAll();
  await crashed.closeAll();
});

test('what could not be opened again after a crash, or was found damaged, is due until it opens; what nobody needs is not', async () => {
  const crashed = bench.openSet(8);
  for (const id of [1, 2, 3]) {
    await bench.register(id);
    await crashed.create(id);
  }
  await crashed.use(1, async (inbox) => inbox.close());
  const damage = Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' });
  await expect(crashed.use(2, () => Promise.reject(damage))).rejects.toThrow(AccountUnavailable);
  const next = bench.openSet(8);
  bench.does.recover = async () => {
    throw new Error('just now');
  };
  await bench.storage.control.write('full', [
    bench.storage.control.sql.update(accounts).set({ openSince: null }).where(eq(accounts.id, 3)),
  ]);
  expect(await next.reopenInterrupted()).toBe(1);
  await expect(next.use(3, async () => {})).rejects.toThrow('just now');
  await next.closeAll();
  expect((await dueAccounts(bench.storage.control, bench.clock.now)).sort()).toEqual([1, 2]);
  await crashed.closeAll();
});

test('a database is not left open when its recovery fails', async () => {
  const set = bench.openSet(8);
  await bench.register(1);
  let opened: Inbox | null = null;
  bench.does.recover = async (inbox) => {
    opened = inbox;
    throw new Error('just now');
  };
  await expect(set.create(1)).rejects.toThrow('just now');
  expect(() => (opened as Inbox | null)?.rows('select 1')).toThrow('not open');
});

test('why it cannot be opened says nothing of what is in it', async () => {
  const set = bench.openSet(8);
  await bench.register(1);
  await set.create(1);
  await set.closeAll();
  bench.does.recover = async (inbox) => {
    inbox.objects(sql`insert into teams (id, name, nonsense) values (1, ${'canary-4711'}, 2)`);
  };
  const said = await set.use(1, async () => {}).catch(String);
  expect(said).toContain('no column named nonsense');
  expect(`${said} ${(await bench.account(1))?.needsAttention}`).not.toContain('canary');
});

test('an account whose database file is gone is not replaced by an empty one', async () => {
  const set = bench.openSet(8);
  await bench.register(1);
  await set.create(1);
  await set.closeAll();
  rmSync(inboxPath(bench.storage.folder, 1));
  await expect(set.use(1, async () => {})).rejects.toThrow(/is missing: restore it/);
  expect(await Bun.file(inboxPath(bench.storage.folder, 1)).exists()).toBe(false);
});

test('idle accounts are closed, used ones stay', async () => {
  const set = bench.openSet(8);
  await set.create(1);
  await set.create(2);
  bench.clock.now += 11 * 60_000;
  await set.use(2, async () => {});
  await set.closeIdle();
  expect(set.openNow()).toEqual([2]);
  expect(bench.left).toEqual([1]);
  await set.closeAll();
});

test('an account that cannot say what it has to do next is closed all the same and due at once, and the others are closed too', async () => {
  const set = bench.openSet(8);
  for (const id of [1, 2]) {
    await bench.register(id);
    await set.create(id);
  }
  const inbox = await set.use(1, async (open) => open);
  bench.does.leave = async ({ accountId }) => {
    if (accountId === 1) {
      throw new StorageFull('the disk is full');
    }
  };
  await set.closeAll();
  expect(() => inbox.rows('select 1')).toThrow('not open');
  expect(await dueAccounts(bench.storage.control, bench.clock.now)).toEqual([1]);
  expect((await bench.storage.control.sql.select().from(accounts)).map(({ openSince }) => openSince)).toEqual(
    [null, null],
  );
});

test('who only looks on opens nothing, keeps nothing open, and is not taken for a use', async () => {
  const set = bench.openSet(8);
  await set.create(1);
  await set.closeAll();
  expect(await set.peek(1, async () => 'open')).toBeNull();
  expect(set.openNow()).toEqual([]);

  await set.use(1, async () => {});
  bench.clock.now += 11 * 60_000;
  expect(await set.peek(1, async (inbox) => inbox.accountId)).toBe(1);
  await set.closeIdle();
  expect(set.openNow()).toEqual([]);
});

test('an account stays open while somebody looks on', async () => {
  const set = bench.openSet(8);
  await set.create(1);
  bench.clock.now += 11 * 60_000;
  await set.peek(1, async (inbox) => {
    await set.closeIdle();
    expect(set.openNow()).toEqual([1]);
    expect(await inbox.sql.select().from(teams)).toEqual([]);
  });
  await set.closeIdle();
  expect(set.openNow()).toEqual([]);
});

test('what was open when the process ended without closing is opened again at the next start, and nothing else', async () => {
  const crashed = bench.openSet(8);
  for (const id of [1, 2]) {
    await bench.register(id);
    await crashed.create(id);
  }
  await crashed.use(2, async (inbox) => inbox.close());
  await bench.storage.control.write('full', [
    bench.storage.control.sql.update(accounts).set({ openSince: null }).where(eq(accounts.id, 1)),
  ]);

  const next = bench.openSet(8);
  await next.reopenInterrupted();
  expect(next.openNow()).toEqual([2]);
  expect(bench.cutOff).toEqual([2]);
  await next.use(1, async () => {});
  expect(bench.cutOff).toEqual([2]);
  await next.closeAll();
  expect((await bench.account(2))?.openSince).toBeNull();
  await crashed.closeAll();
});
