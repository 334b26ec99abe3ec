import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { openTemporaryInstall, type TemporaryInstall } from '#src/accounts/temporary-install.ts';
import { accounts, memberships, sessions, users } from '#src/db/schema/control.ts';
import { members } from '#src/db/schema/inbox/index.ts';
import { endSession, findSession, storeOf } from './find-session.ts';
import { ABSOLUTE_MS, IDLE_MS } from './limits.ts';
import { beginSession } from './sign-in.ts';

const DAY_MS = 24 * 60 * 60_000;

let install: TemporaryInstall;
let ada: { accountId: number; userId: number };

beforeEach(async () => {
  install = await openTemporaryInstall();
  ada = await install.createAdasAccount();
});
afterEach(() => install.close());

async function begin(): Promise<string> {
  const token = await beginSession(
    install.services,
    { id: ada.userId, epoch: 0 },
    { address: '203.0.113.9', agent: 'Firefox' },
  );
  return token ?? 'none';
}

const withCookie = (token: string) =>
  new Request('http://localhost/', { headers: { cookie: `a=b; oono=${token}` } });
const find = (token: string) => findSession(install.services, withCookie(token));

test('a session finds its person with the permissions they have now', async () => {
  const found = await find(await begin());
  expect(found?.viewer).toMatchObject({ kind: 'person', ...ada, name: 'Ada Lungu' });
  expect([...(found?.viewer.permissions ?? [])]).toContain('people.manage');
});

test('no cookie, a made-up one and half of one find nobody', async () => {
  const token = await begin();
  expect(await findSession(install.services, new Request('http://localhost/'))).toBeNull();
  expect(await find('A'.repeat(43))).toBeNull();
  expect(await find(token.slice(1))).toBeNull();
  expect(await find(`${token}A`)).toBeNull();
});

test('only the hash of a token is on the disk', async () => {
  const token = await begin();
  const [row] = await install.services.control.sql.select().from(sessions);
  expect(Object.values(row ?? {}).join()).not.toContain(token);
  expect(row?.idHash).toMatch(/^[0-9a-f]{64}$/);
  expect(await find(row?.idHash ?? '')).toBeNull();
  for (const file of ['control.db', 'control.db-wal']) {
    expect(readFileSync(join(install.services.config.data, file)).includes(token)).toBe(false);
  }
});

test('a session that nobody uses for twelve hours is over, and its row is gone', async () => {
  const token = await begin();
  install.clock.now += IDLE_MS - 1;
  expect(await find(token)).not.toBeNull();
  install.clock.now += IDLE_MS;
  expect(await find(token)).toBeNull();
  expect(await install.services.control.sql.select().from(sessions)).toEqual([]);
});

test('a session in constant use is over after thirty days', async () => {
  const token = await begin();
  const end = install.clock.now + ABSOLUTE_MS;
  while (install.clock.now < end - IDLE_MS / 2) {
    install.clock.now += IDLE_MS / 2;
    expect(await find(token)).not.toBeNull();
  }
  install.clock.now = end;
  expect(await find(token)).toBeNull();
});

test('a session in constant use is over after thirty days, although the clock was set back meanwhile', async () => {
  const token = await begin();
  for (let lived = IDLE_MS / 2; lived < ABSOLUTE_MS; lived += IDLE_MS / 2) {
    install.clock.now += IDLE_MS / 2;
    expect([lived, (await find(token))?.viewer.name]).toEqual([lived, 'Ada Lungu']);
    if (lived === ABSOLUTE_MS / 2) {
      install.clock.now -= 2 * DAY_MS;
      await find(token);
    }
  }
  install.clock.now += IDLE_MS / 2;
  expect(await find(token)).toBeNull();
});

test('a session that nobody uses is over after twelve hours, although the clock was set back, and the server started anew', async () => {
  const [used, unused] = [await begin(), await begin()];
  await find(used);
  install.clock.now -= 2 * DAY_MS;
  const restarted = { ...install.services, control: { ...install.services.control } };
  const findAnew = (token: string) => findSession(restarted, withCookie(token));
  await findAnew(used);
  install.clock.now += IDLE_MS - 1;
  expect(await findAnew(used)).not.toBeNull();
  install.clock.now += 1;
  expect(await findAnew(unused)).toBeNull();
});

test('when a session was last used is written although the clock was set back', async () => {
  const { control } = install.services;
  const token = await begin();
  await find(token);
  install.clock.now -= 60 * 60_000;
  await find(token);
  install.clock.now += 60_000;
  await find(token);
  const [row] = await control.sql.select().from(sessions);
  expect(row?.seenAt).toBe(install.clock.now);
});

test('when it was last used is written at most once a minute, and survives a restart', async () => {
  const { control } = install.services;
  const token = await begin();
  const begun = install.clock.now;
  const seenAt = async () => (await control.sql.select().from(sessions))[0]?.seenAt;
  await find(token);
  install.clock.now += 59_000;
  await find(token);
  expect(await seenAt()).toBe(begun);
  install.clock.now += 1_000;
  await find(token);
  expect(await seenAt()).toBe(begun + 60_000);
  install.clock.now = begun + IDLE_MS + 30_000;
  const afterRestart = { ...install.services, control: { ...control } };
  expect(await findSession(afterRestart, withCookie(token))).not.toBeNull();
});

test('ending a session ends that one, and its sockets are looked at again', async () => {
  const [one, other] = [await begin(), await begin()];
  await endSession(install.services, withCookie(one));
  expect(await find(one)).toBeNull();
  expect(await find(other)).not.toBeNull();
  expect(install.revalidated).toEqual([ada.userId]);
});

test('ending all sessions of somebody ends every one', async () => {
  const tokens = [await begin(), await begin()];
  await storeOf(install.services).endAll(ada.userId);
  expect(await Promise.all(tokens.map(find))).toEqual([null, null]);
});

type Change = [what: string, statement: (install: TemporaryInstall) => Promise<unknown>];

const changes: Change[] = [
  [
    'credentials change',
    ({ services: { control } }) => control.write('full', [control.sql.update(users).set({ epoch: 1 })]),
  ],
  [
    'the person is disabled',
    ({ services: { control } }) => control.write('full', [control.sql.update(users).set({ disabledAt: 1 })]),
  ],
  [
    'the membership ends',
    ({ services: { control } }) =>
      control.write('full', [control.sql.update(memberships).set({ state: 'disabled' })]),
  ],
  [
    'the account closes',
    ({ services: { control } }) =>
      control.write('full', [control.sql.update(accounts).set({ state: 'closed' })]),
  ],
  [
    'they leave the account',
    ({ services }) =>
      services.accounts.use(ada.accountId, (inbox) =>
        inbox.write('full', [inbox.sql.update(members).set({ leftAt: 1 })]),
      ),
  ],
];

test.each(changes)('a session is over as soon as %s', async (_what, change) => {
  const token = await begin();
  expect(await find(token)).not.toBeNull();
  await change(install);
  expect(await find(token)).toBeNull();
});

test('in a suspended account nothing is sent', async () => {
  const token = await begin();
  const { control } = install.services;
  await control.write('full', [
    control.sql.update(accounts).set({ state: 'suspended' }).where(eq(accounts.id, ada.accountId)),
  ]);
  const permissions = (await find(token))?.viewer.permissions;
  expect(permissions?.has('conversations.read')).toBe(true);
  expect(permissions?.has('messages.send')).toBe(false);
});
