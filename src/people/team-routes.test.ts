import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { conversations, members, roles, teamMembers, teams } from '#src/db/schema/inbox/index.ts';
import { openTab as openPage } from '#src/live/testing-tab.ts';
import { cookieName } from '#src/sessions/cookie.ts';
import { storeOf } from '#src/sessions/find-session.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import type { Client } from '#src/testing/client.ts';
import { openTab, type Tab } from '#src/testing/faults/tab.ts';
import { customers } from '#src/testing/people.ts';
import { userAdd } from './commands.ts';
import { eve } from './testing.ts';

let box: Box;
let ada: Client;
let bo: Client;
let numberId: string;
let conversationId: number;

beforeAll(async () => {
  box = await openBox();
  ada = await box.as('ada');
  bo = await box.as('bo');
  await say('noor', 'before there were teams');
  const [first] = await stored();
  conversationId = first?.id ?? 0;
  numberId = String(first?.numberId);
});
afterAll(() => box.close());

async function say(who: keyof typeof customers, text: string): Promise<void> {
  await box.simulator.customer(customers[who].phone, customers[who]).say(box.number.phoneNumberId, text);
  await box.settled();
}
const stored = () => box.inbox((inbox) => inbox.sql.select().from(conversations).orderBy(conversations.id));
const teamOf = async (name: string) =>
  (await box.inbox((inbox) => inbox.sql.select().from(teams).where(eq(teams.name, name))))[0]?.id ?? 0;
const form = (fields: Record<string, string | string[]>) => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) {
      body.append(name, one);
    }
  }
  return Object.fromEntries(body);
};
const tabOf = (client: Client, conversation?: number): Promise<Tab> =>
  openTab(box.url, client.cookie ?? '', conversation);

/** Bo sees the conversations of his teams alone, without phone numbers. */
async function narrowBo(): Promise<void> {
  await box.inbox((inbox) =>
    inbox.write('normal', [
      inbox.sql.insert(roles).values({
        id: 77,
        name: 'Team only',
        permissions: 'conversations.read conversations.write messages.send',
        reach: 'teams',
        seesUnassigned: false,
        seesPhones: false,
      }),
      inbox.sql.update(members).set({ roleId: 77 }).where(eq(members.userId, box.userIds.bo)),
    ]),
  );
  await box.services.live.revalidate(box.userIds.bo);
}

test('a team takes the conversations of the numbers it serves alone, those that are there and those that come', async () => {
  const made = await ada.post('/settings/teams', form({ name: 'Sales', numbers: numberId }));
  expect([made.status, made.headers.get('location')]).toEqual([303, '/settings/teams?done=saved']);
  const sales = await teamOf('Sales');
  await say('ravi', 'a new one');
  expect((await stored()).map(({ teamId }) => teamId)).toEqual([sales, sales]);
  expect(await (await ada.get('/settings/teams?done=saved')).text()).toContain('Sales');

  await ada.post('/settings/teams', form({ name: 'Service', numbers: numberId }));
  expect((await stored()).map(({ teamId }) => teamId)).toEqual([sales, sales]);
});

test('who sees only their teams’ sees them from the moment they are in it, on open screens as well, until they are not', async () => {
  await narrowBo();
  const sales = await teamOf('Sales');
  const tab = await tabOf(bo);
  const path = `/inbox/all/${conversationId}`;
  expect((await bo.get(path)).status).toBe(404);
  expect((await bo.post(`/conversations/${conversationId}/closure`)).status).toBe(404);
  await say('noor', 'nobody of another team hears this');

  const sell = { name: 'Sales', numbers: numberId };
  await ada.post(`/settings/teams/${sales}`, form({ ...sell, members: String(box.userIds.bo) }));
  expect((await bo.get(path)).status).toBe(200);
  await say('noor', 'now the team hears');
  await tab.hears('now the team hears');
  expect(tab.pushes()).toBeGreaterThan(0);

  await ada.post(`/settings/teams/${sales}`, form(sell));
  await say('noor', 'and now no longer');
  await say('ravi', 'nor this');
  tab.close();
  expect(await tab.closed).toBeDefined();
  const late = await tabOf(bo);
  late.close();
  for (const secret of ['nobody of another team hears this', 'and now no longer', 'nor this']) {
    expect(tab.heardSoFar()).not.toContain(secret);
  }
  expect((await bo.get(path)).status).toBe(404);
});

test('a phone number that may not be known is in no page, no push and no search', async () => {
  const sales = await teamOf('Sales');
  await ada.post(
    `/settings/teams/${sales}`,
    form({ name: 'Sales', numbers: numberId, members: String(box.userIds.bo) }),
  );
  const digits = customers.noor.phone.slice(-9);
  const tab = await tabOf(bo, conversationId);
  await say('noor', 'who am I?');
  await tab.hears('who am I?');
  const inOrder = [digits, `${digits.slice(0, 2)} ${digits.slice(2, 5)} ${digits.slice(5)}`];
  const pages = await Promise.all(
    [
      `/inbox/all/${conversationId}`,
      `/inbox/all/${conversationId}/contact`,
      '/search?q=Noor',
      `/search?q=${encodeURIComponent(customers.noor.phone)}`,
      '/search?q=who',
    ].map(async (path) => (await bo.get(path)).text()),
  );
  // The fourth repeats what was asked for.
  for (const text of [...pages.toSpliced(3, 1), tab.heardSoFar()]) {
    for (const secret of inOrder) {
      expect(text).not.toContain(secret);
    }
  }
  expect(pages[1]).toContain('+263•••••••67');
  expect(pages[2]).toContain('Noor');
  expect(pages[3]).not.toContain('row hit');
  expect(await (await ada.get(`/inbox/all/${conversationId}/contact`)).text()).toContain(inOrder[1] ?? '');
  tab.close();
});

test('a team is removed, its conversations stay, and what its people saw by it is gone', async () => {
  const sales = await teamOf('Sales');
  expect((await ada.post(`/settings/teams/${sales}/removal`)).headers.get('location')).toBe(
    '/settings/teams?done=removed',
  );
  expect((await stored()).map(({ teamId }) => teamId)).toEqual([null, null]);
  expect(await box.inbox((inbox) => inbox.sql.select().from(teamMembers))).toEqual([]);
  expect((await bo.get(`/inbox/all/${conversationId}`)).status).toBe(404);
});

test.each([
  [{ name: '' }, 'Give a name of 1 to 120 characters.'],
  [{ name: 'service' }, 'Another team has this name.'],
  [{ name: 'New', members: '1' }, 'Choose people who are in this account now.'],
  [{ name: 'New', numbers: 'drop table' }, 'Choose numbers of this account.'],
])('%j is refused', async (fields, why) => {
  const refused = await ada.post('/settings/teams', form(fields));
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(why)]);
});

test('somebody else’s team is none, and an agent changes none', async () => {
  const service = await teamOf('Service');
  const stranger = await box.asStranger();
  for (const [client, status] of [
    [stranger, 404],
    [bo, 403],
  ] as const) {
    expect((await client.get(`/settings/teams/${service}`)).status).toBe(status);
    expect((await client.post(`/settings/teams/${service}`, { name: 'Mine' })).status).toBe(status);
    expect((await client.post(`/settings/teams/${service}/removal`)).status).toBe(status);
  }
});

test('what a team takes or gives back is seen at once, and counted, by the people of every team', async () => {
  const { services, accountId } = box;
  const { user_id: eveId } = await userAdd(services, {
    options: {},
    stdin: { account_id: accountId, ...eve },
  });
  await box.inbox((inbox) =>
    inbox.write('normal', [
      inbox.sql.update(roles).set({ seesUnassigned: true }).where(eq(roles.id, 77)),
      inbox.sql.update(members).set({ roleId: 77 }).where(eq(members.userId, eveId)),
    ]),
  );
  const owner = { userId: eveId, accountId, epoch: 0, ip: null, agent: null };
  const eveCookie = `${cookieName(services.config)}=${await storeOf(services).begin(owner)}`;
  await ada.post(`/settings/teams/${await teamOf('Service')}/removal`);
  const people = { West: String(box.userIds.bo), East: String(eveId) };
  for (const [name, member] of Object.entries(people)) {
    await ada.post('/settings/teams', form({ name, members: member }));
  }
  const [hers, his] = [
    openPage(box, eveCookie, { conversation: conversationId }),
    openPage(box, bo.cookie ?? '', { conversation: conversationId }),
  ];
  const [{ n: seen }] = [await his.joined, await hers.joined];
  /** The next count of everybody who waits, and what came until then. */
  const hear = async (tab: typeof his) => {
    const counts = await tab.nextCounts(/count-all/);
    return { count: counts.match(/count-all" data-count="(\d)/)?.[1], heard: JSON.stringify(tab.rest()) };
  };
  const resynced = async (tab: typeof his) => {
    while (!(await tab.next()).resync) {}
  };
  await say('noor', 'both see this');
  expect((await hear(hers)).count).toBe('2');
  expect((await hear(his)).count).toBe('2');

  const east = `/settings/teams/${await teamOf('East')}`;
  await ada.post(east, form({ name: 'East', members: people.East, numbers: numberId }));
  await Promise.all([resynced(hers), resynced(his)]);
  await say('noor', 'she alone sees this');
  expect(await hear(hers)).toMatchObject({
    count: '2',
    heard: expect.stringContaining('she alone'),
  });
  expect(await hear(his)).toMatchObject({
    count: '0',
    heard: expect.not.stringContaining('she alone'),
  });
  const away = openPage(box, bo.cookie ?? '', { seen });
  expect(await away.joined).toMatchObject({ joined: true, resync: true });

  await ada.post(`${east}/removal`);
  await resynced(his);
  await say('noor', 'both see this again');
  expect((await hear(his)).count).toBe('2');
  for (const tab of [hers, his, away]) {
    tab.close();
  }
});
