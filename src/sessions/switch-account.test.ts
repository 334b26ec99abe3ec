import { afterEach, beforeEach, expect, test } from 'bun:test';
import { sessions } from '#src/db/schema/control.ts';
import { openTab } from '#src/live/testing-tab.ts';
import { cookieOf, named, type Office, openOffice, shownPath } from '#src/people/testing.ts';
import { createClient } from '#src/testing/client.ts';
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

test('somebody of one business has nothing to switch', async () => {
  const ada = await office.as('ada');
  expect(await (await ada.get('/inbox/mine')).text()).not.toContain('action="/account"');
});
