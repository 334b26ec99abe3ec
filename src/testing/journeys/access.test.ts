import { afterAll, beforeAll, expect, test } from 'bun:test';
import { and, desc, eq } from 'drizzle-orm';
import { apiKeyCreate } from '#src/api/commands.ts';
import { createApp } from '#src/app.ts';
import { putFile } from '#src/attachments/testing.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { apiKeys, memberships, tokens, users } from '#src/db/schema/control.ts';
import { contacts, journal, members, merges, messages, roles, teams } from '#src/db/schema/inbox/index.ts';
import { assetUrl } from '#src/http/assets.ts';
import { userAdd } from '#src/people/commands.ts';
import { builtInRoles, isRoleKey, type RoleKey } from '#src/people/roles.ts';
import type { Permission } from '#src/people/viewer.ts';
import { cookieName } from '#src/sessions/cookie.ts';
import { storeOf } from '#src/sessions/find-session.ts';
import { syncAllSoon } from '#src/templates/sync.ts';
import { intakeIdle } from '#src/webhooks/intake.ts';
import { type Box, openBox } from '../box.ts';
import { type Client, createClient } from '../client.ts';
import { openTab } from '../faults/tab.ts';
import { customers } from '../people.ts';
import { type Access, type Landmarks, TEMPLATE_ID } from './access-kinds.ts';
import { accessTable } from './access-table.ts';

let box: Box;
let marks: Landmarks;

beforeAll(async () => {
  box = await openBox();
  marks = await putLandmarks(box);
});

afterAll(() => box.close());

/** Somebody of the account: their role, and whether the conversation of the table is theirs to see. */
type Kind = { name: string; role: RoleKey | 'other team'; seesIt: boolean };
const kinds: Kind[] = [
  { name: 'a reader', role: 'read_only', seesIt: true },
  { name: 'somebody of another team', role: 'other team', seesIt: false },
  { name: 'an agent', role: 'agent', seesIt: true },
  { name: 'a supervisor', role: 'supervisor', seesIt: true },
  { name: 'an admin', role: 'admin', seesIt: true },
  { name: 'an owner', role: 'owner', seesIt: true },
];
/** A role that sees the conversations of its teams alone, and is in none. */
const OTHER_TEAM = 99;

test('every route of the product is in the table, and nothing else is', () => {
  const served = createApp(box.services).routes.map(({ method, path }) => `${method} ${path}`);
  expect(served.sort()).toEqual(Object.keys(accessTable).sort());
});

test('nobody who is not signed in gets further than they may', async () => {
  expect(await sweep(box.anonymous)).toEqual(expected('anonymous'));
});

test('the owner of another account finds nothing of this one, and changes nothing', async () => {
  const before = await everything(box);
  expect(await sweep(await box.asStranger())).toEqual(expected('stranger'));
  expect(await everything(box)).toEqual(before);
});

test.each(kinds)('$name reaches what they may use, and nothing else', async (kind) => {
  expect(await sweep(await enter(kind))).toEqual(expectedOf(kind));
});

test('who has left reaches no more than somebody from the street, with the session they had', async () => {
  const { accountId, services } = box;
  const gone = await enter({ name: 'gone', role: 'owner', seesIt: true });
  expect((await gone.get('/inbox/all')).status).toBe(200);
  await services.control.write('full', [
    services.control.sql
      .update(memberships)
      .set({ state: 'disabled' })
      .where(and(eq(memberships.accountId, accountId), eq(memberships.userId, await idOf('gone')))),
  ]);
  // The socket is let in to be told that it is over.
  expect(await sweep(gone)).toEqual({ ...expected('anonymous'), 'WS /live': 101 });
  const told = await openTab(box.url, gone.cookie ?? '').catch(String);
  expect(told).toContain('closed with 4401');
});

test('a foreign page can make a signed-in browser change nothing, and open no socket', async () => {
  const ada = await box.as('ada');
  const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
  const before = await everything(box);
  for (const [route, access] of Object.entries(accessTable)) {
    const { method, address } = aimOf(route, access);
    if (method === 'POST' && !/^\/(webhooks|api)\//.test(address)) {
      expect((await ada.post(address, access.fields?.(marks), foreign)).status, route).toBe(403);
    }
  }
  expect(await ada.upgrade('/live', foreign)).toBe(403);
  expect(await everything(box)).toEqual(before);
  expect((await ada.get('/inbox/all')).status).toBe(200);
});

test('every answer carries the content policy and may not be kept or framed', async () => {
  for (const client of [box.anonymous, await box.as('bo')]) {
    for (const [route, access] of Object.entries(accessTable)) {
      const { method, address } = aimOf(route, access);
      const { headers } = await request(client, method === 'WS' ? 'GET' : method, address);
      expect(headers.get('content-security-policy'), route).toStartWith("default-src 'none'");
      expect(headers.get('x-content-type-options'), route).toBe('nosniff');
      expect(headers.get('cache-control'), route).toMatch(/no-store|immutable/);
    }
  }
});

test('the API shows another account nothing, and takes nothing from it', async () => {
  const stranger = await box.strangerApi();
  const at = `/api/v1/conversations/${marks.conversation}/messages`;
  expect(await (await stranger('/api/v1/conversations')).json()).toMatchObject({ data: [] });
  expect((await stranger(at)).status).toBe(404);
  const sent = await stranger(at, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'sweep' },
    body: JSON.stringify({ type: 'text', text: { body: 'Hello' } }),
  });
  expect(sent.status).toBe(404);
  expect((await box.api(at)).status).toBe(200);
});

/** Makes somebody of this kind and lets them in. */
async function enter({ name, role }: Kind): Promise<Client> {
  const { services, accountId, url } = box;
  const { user_id: userId } = await userAdd(services, {
    options: {},
    stdin: {
      account_id: accountId,
      name,
      email: emailOf(name),
      password: 'a password for each 7',
      role: isRoleKey(role) ? role : 'agent',
    },
  });
  if (role === 'other team') {
    await box.inbox((inbox) =>
      inbox.write('normal', [
        inbox.sql.update(members).set({ roleId: OTHER_TEAM }).where(eq(members.userId, userId)),
      ]),
    );
  }
  const token = await storeOf(services).begin({ userId, accountId, epoch: 0, ip: null, agent: null });
  return createClient(url, `${cookieName(services.config)}=${token}`);
}

const emailOf = (name: string) => `${name.replaceAll(' ', '.')}@mbare.example`;

async function idOf(name: string): Promise<number> {
  const { control } = box.services;
  const [user] = await control.sql
    .select()
    .from(users)
    .where(eq(users.email, emailOf(name)));
  return user?.id ?? 0;
}

function expectedOf({ role, seesIt }: Kind): Record<string, number> {
  const may: readonly Permission[] = isRoleKey(role)
    ? builtInRoles[role].permissions
    : builtInRoles.agent.permissions;
  const status = ({ needs, isOfConversation, permitted, agent }: Access) => {
    if (isOfConversation && !seesIt) {
      return 404;
    } else if (needs === undefined) {
      return agent;
    } else {
      return may.includes(needs) ? (permitted ?? agent) : 403;
    }
  };
  return Object.fromEntries(Object.entries(accessTable).map(([route, access]) => [route, status(access)]));
}

type Who = 'anonymous' | 'agent' | 'stranger';

function expected(who: Who): Record<string, number> {
  return Object.fromEntries(Object.entries(accessTable).map(([route, access]) => [route, access[who]]));
}

async function sweep(client: Client): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {};
  for (const [route, access] of Object.entries(accessTable)) {
    statuses[route] = await statusOf(client, route, access);
  }
  return statuses;
}

async function statusOf(client: Client, route: string, access: Access): Promise<number> {
  const { method, address } = aimOf(route, access);
  if (method === 'WS') {
    return await client.upgrade(address);
  }
  return (await request(client, method, address, access.fields?.(marks))).status;
}

function request(client: Client, method: string, address: string, fields?: Record<string, string>) {
  switch (method) {
    case 'GET':
      return client.get(address);
    case 'POST':
      return client.post(address, fields);
    default:
      return client.send(method, address);
  }
}

function aimOf(route: string, { at }: Access): { method: string; address: string } {
  const [method = '', path = ''] = route.split(' ');
  return { method, address: at?.(marks) ?? path };
}

/** What the table speaks of: a customer's message and an answer to it, both through the front door. */
async function putLandmarks({ services, accountId, simulator, number, inbox, as }: Box): Promise<Landmarks> {
  const noor = simulator.customer(customers.noor.phone, customers.noor);
  const template = { id: TEMPLATE_ID, name: 'hello', components: [{ type: 'BODY', text: 'Hello.' }] };
  simulator.templates.add(number.wabaId, template);
  await inbox((opened) => syncAllSoon(opened, services.now()));
  services.templates.poke(accountId);
  await services.templates.idle();
  await noor.say(number.phoneNumberId, 'Do you have cement?');
  return await inbox(async (opened) => {
    await intakeIdle(opened);
    const [heard] = await opened.sql.select().from(messages).limit(1);
    const conversation = heard?.conversationId ?? 0;
    const ada = await as('ada');
    await ada.post(`/conversations/${conversation}/messages`, {
      text: 'Yes.',
      key: 'one',
      quoted: '',
      back: 'all',
    });
    await simulator.waitFor(({ type }) => type === 'text');
    await simulator.settled();
    await intakeIdle(opened);
    const [answered] = await opened.sql.select().from(messages).where(eq(messages.direction, 'out')).limit(1);
    const options = { account: String(accountId), name: 'To be revoked' };
    await apiKeyCreate(services, { options, stdin: null });
    const [key] = await services.control.sql.select().from(apiKeys).where(eq(apiKeys.name, options.name));
    const [change] = await opened.sql.select({ id: journal.id }).from(journal).limit(1);
    const [admin] = await opened.sql.select().from(roles).where(eq(roles.key, 'admin'));
    const narrow = { reach: 'teams', seesUnassigned: false } as const;
    await opened.write('normal', [
      opened.sql.insert(teams).values({ id: 98, name: 'Sales' }),
      opened.sql.insert(roles).values({
        id: OTHER_TEAM,
        name: 'Other team',
        permissions: builtInRoles.agent.permissions.join(' '),
        ...narrow,
      }),
    ]);
    const [person] = await opened.sql.select().from(contacts).limit(1);
    const contact = person?.id ?? 0;
    await opened.write('normal', mergedBefore(opened, contact));
    return {
      conversation,
      contact,
      merge: MERGE,
      messageIn: heard?.id ?? 0,
      messageOut: answered?.id ?? 0,
      file: await keepPicture(services, opened, heard?.id ?? 0),
      journal: change?.id ?? 0,
      role: admin?.id ?? 0,
      team: 98,
      apiKey: key?.id ?? 0,
      asset: assetUrl('app.css'),
      webhookKey: number.webhookPath,
      agent: await addColleague(services, accountId),
    };
  });
}

/** A picture of one pixel, which is its own small one. */
function keepPicture({ vault }: Box['services'], inbox: Inbox, messageId: number): Promise<number> {
  const plain = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  return putFile(inbox, vault, { plain, thumbnail: plain, messageId });
}

const MERGE = 97;

/** A contact that was merged and parted again, so that undoing it once more changes nothing. */
function mergedBefore({ sql }: Inbox, contact: number): Statement[] {
  const noName = { name: '', nameSource: 'none', createdAt: 1, updatedAt: 1 } as const;
  return [
    sql.insert(contacts).values({ id: MERGE, ...noName }),
    sql.insert(merges).values({
      id: MERGE,
      fromContact: MERGE,
      intoContact: contact,
      why: 'link',
      at: 1,
      undoneAt: 2,
    }),
  ];
}

/** Whom people's pages are about: nobody signs in as them. */
async function addColleague(services: Box['services'], accountId: number): Promise<number> {
  const colleague = { name: 'Chipo', email: 'chipo@mbare.example', password: 'a password for each 7' };
  const stdin = { account_id: accountId, ...colleague, role: 'agent' };
  return (await userAdd(services, { options: {}, stdin })).user_id;
}

/** The rows that a stranger's requests could have touched. */
async function everything({ services, accountId, inbox }: Box) {
  const { sql: control } = services.control;
  return await inbox(async ({ sql: db }) => ({
    keys: await control.select().from(apiKeys).where(eq(apiKeys.accountId, accountId)),
    people: await control
      .select()
      .from(users)
      .innerJoin(memberships, eq(memberships.userId, users.id))
      .where(eq(memberships.accountId, accountId)),
    links: await control.select().from(tokens),
    members: await db.query.members.findMany(),
    teamMembers: await db.query.teamMembers.findMany(),
    conversations: await db.query.conversations.findMany(),
    messages: await db.select().from(messages).orderBy(desc(messages.id)),
    reactions: await db.query.reactions.findMany(),
    reads: await db.query.reads.findMany(),
    audit: await db.query.audit.findMany(),
  }));
}
