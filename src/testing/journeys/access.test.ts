import { afterAll, beforeAll, expect, test } from 'bun:test';
import { desc, eq, inArray } from 'drizzle-orm';
import { createApp } from '#src/app.ts';
import { memberships, tokens, users } from '#src/db/schema/control.ts';
import { journal, messages } from '#src/db/schema/inbox/index.ts';
import { assetUrl } from '#src/http/assets.ts';
import { intakeIdle } from '#src/webhooks/intake.ts';
import { type Box, openBox } from '../box.ts';
import type { Client } from '../client.ts';
import { customers } from '../people.ts';
import { type Access, accessTable, type Landmarks } from './access-table.ts';

let box: Box;
let marks: Landmarks;

beforeAll(async () => {
  box = await openBox();
  marks = await putLandmarks(box);
});

afterAll(() => box.close());

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

test('an agent reaches what agents may use', async () => {
  expect(await sweep(await box.as('bo'))).toEqual(expected('agent'));
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
      const { headers } = method === 'POST' ? await client.post(address) : await client.get(address);
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
  } else if (method === 'POST') {
    return (await client.post(address, access.fields?.(marks))).status;
  } else {
    return (await client.get(address)).status;
  }
}

function aimOf(route: string, { at }: Access): { method: string; address: string } {
  const [method = '', path = ''] = route.split(' ');
  return { method, address: at?.(marks) ?? path };
}

/** What the table speaks of: a customer's message and an answer to it, both through the front door. */
async function putLandmarks({ simulator, number, inbox, as, userIds, services }: Box): Promise<Landmarks> {
  const noor = simulator.customer(customers.noor.phone, customers.noor);
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
    const [change] = await opened.sql.select({ id: journal.id }).from(journal).limit(1);
    return {
      conversation,
      messageIn: heard?.id ?? 0,
      messageOut: answered?.id ?? 0,
      journal: change?.id ?? 0,
      asset: assetUrl('app.css'),
      webhookKey: number.webhookPath,
      agent: userIds.bo,
      invitation: await inviteSomebody(services, ada),
    };
  });
}

async function inviteSomebody({ control }: Box['services'], ada: Client): Promise<number> {
  const form = await (await ada.get('/settings/people/invitations/new')).text();
  const [, role = ''] = form.match(/<option value="(\d+)"/) ?? [];
  await ada.post('/settings/people/invitations', { email: 'chipo@mbare.example', name: 'Chipo', role });
  const [invitation] = await control.sql.select().from(tokens).where(eq(tokens.kind, 'invite'));
  return invitation?.id ?? 0;
}

/** The rows that a stranger's requests could have touched. */
async function everything({ inbox, services: { control }, accountId, userIds }: Box) {
  return await inbox(async ({ sql: db }) => ({
    members: await db.query.members.findMany(),
    teamMembers: await db.query.teamMembers.findMany(),
    users: await control.sql
      .select()
      .from(users)
      .where(inArray(users.id, Object.values(userIds))),
    memberships: await control.sql.select().from(memberships).where(eq(memberships.accountId, accountId)),
    tokens: await control.sql.select().from(tokens),
    conversations: await db.query.conversations.findMany(),
    messages: await db.select().from(messages).orderBy(desc(messages.id)),
    reactions: await db.query.reactions.findMany(),
    reads: await db.query.reads.findMany(),
    audit: await db.query.audit.findMany(),
  }));
}
