import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sessions } from '#src/db/schema/control.ts';
import { AccountUnavailable } from '#src/errors.ts';
import { openTab } from '#src/live/testing-tab.ts';
import { cookieOf, named, type Office, openOffice, shownPath } from '#src/people/testing.ts';
import { createClient } from '#src/testing/client.ts';
import { expectErrorInLog } from '#src/testing/log.ts';
import { stranger } from '#src/testing/people.ts';

let office: Office;
let otherId: string;

/** Zodwa owns the other shop, and becomes an agent in Ada's. */
beforeEach(async () => {
  office = await openOffice();
  const zodwa = await office.asStranger();
  const ada = await office.as('ada');
  const role = String(await office.roleId('agent'));
  const made = await ada.post('/settings/people/invitations', { name: 'Zodwa', email: stranger.email, role });
  const joined = await zodwa.post(await shownPath(ada, made));
  const page = await office.anonymous.get('/inbox/mine', { cookie: cookieOf(joined) });
  [, otherId = ''] = (await page.text()).match(/name="account" value="(\d+)"/) ?? [];
});
afterEach(() => office.close());

const titleOf = async (cookie: string) => {
  const page = await office.anonymous.get('/inbox/mine', { cookie });
  return (await page.text()).match(/OonoBox, ([^<]+)/)?.[1];
};

test('the session goes on in the other business under a new token, and the old one with its sockets is dead', async () => {
  const { control } = office.services;
  const zodwa = await office.signIn(stranger, `oono-account=${office.accountId}`);
  expect(await titleOf(zodwa.cookie ?? '')).toBe('Mbare Hardware');
  const before = await control.sql.select().from(sessions);
  const tab = openTab(office, zodwa.cookie ?? '');
  await tab.joined;
  const switched = await zodwa.post('/account', { account: otherId });
  expect([switched.status, switched.headers.get('location')]).toEqual([303, '/inbox']);
  expect(await tab.closed).toBe(4401);
  expect((await zodwa.get('/inbox/mine')).status).toBe(303);
  expect(await titleOf(cookieOf(switched))).toBe('Other shop');
  const after = await control.sql.select().from(sessions);
  expect(after).toHaveLength(before.length);
  // It ends no later for having moved.
  expect(after.map(({ createdAt }) => createdAt).sort()).toEqual(
    before.map(({ createdAt }) => createdAt).sort(),
  );
});

test('signing in lands where they were last', async () => {
  const zodwa = await office.signIn(stranger);
  const here = cookieOf(await zodwa.post('/account', { account: String(office.accountId) }));
  await createClient(office.url, here).post('/logout');
  const [kept = ''] = here.match(/oono-account=\d+/) ?? [];
  expect(await titleOf((await office.signIn(stranger, kept)).cookie ?? '')).toBe('Mbare Hardware');
  const there = cookieOf(await (await office.signIn(stranger, kept)).post('/account', { account: otherId }));
  const [last = ''] = there.match(/oono-account=\d+/) ?? [];
  expect(await titleOf((await office.signIn(stranger, last)).cookie ?? '')).toBe('Other shop');
});

test('a business that is not theirs is closed to them, whatever the form or the cookie says', async () => {
  const bo = await office.signIn(named.bo, `oono-account=${otherId}`);
  expect(await titleOf(bo.cookie ?? '')).toBe('Mbare Hardware');
  for (const account of [otherId, '4711', 'x', '']) {
    expect((await bo.post('/account', { account })).status).toBe(404);
  }
  expect((await office.denials(1))[0]).toMatchObject({ actorId: office.userIds.bo });
  expect((await bo.get('/inbox/mine')).status).toBe(200);
});

test('a business that cannot be opened keeps nobody out of their other one', async () => {
  const zodwa = await office.signIn(stranger, `oono-account=${otherId}`);
  const { accounts } = office.services;
  const { use } = accounts;
  const shut = new Set([Number(otherId)]);
  accounts.use = (id, work) =>
    shut.has(id) ? Promise.reject(new AccountUnavailable(id, new Error('damaged'))) : use(id, work);
  // What looks after each open account in the background says so.
  expectErrorInLog(/the search index could not be seen to/);
  const page = await zodwa.get('/inbox/mine');
  expect([page.status, (await page.text()).includes('href="/login"')]).toEqual([503, true]);
  expect((await zodwa.get('/login')).status).toBe(200);
  const entered = await zodwa.post('/login', stranger);
  expect(entered.status).toBe(303);
  expect(await titleOf(cookieOf(entered))).toBe('Mbare Hardware');
  shut.add(office.accountId);
  expect((await zodwa.post('/login', stranger)).status).toBe(503);
});

test('somebody of one business has nothing to switch', async () => {
  const ada = await office.as('ada');
  expect(await (await ada.get('/inbox/mine')).text()).not.toContain('action="/account"');
});
