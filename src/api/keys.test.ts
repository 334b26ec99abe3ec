import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Agent, type IncomingMessage, request } from 'node:http';
import { eq } from 'drizzle-orm';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { apiKeys } from '#src/db/schema/control.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { Forbidden, Invalid } from '#src/errors.ts';
import { findMember } from '#src/people/members.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { apiKeyCreate, apiKeyList, apiKeyRevoke } from './commands.ts';
import { readExpiry } from './expiry.ts';
import { listKeys } from './list-keys.ts';
import { createApiKey, type NewKey } from './new-key.ts';
import { revokeKey } from './revocation.ts';
import { api } from './routes.ts';
import { grantable } from './scopes.ts';

const DAY = 24 * 60 * 60_000;

let shop: ServedShop;

beforeAll(async () => {
  shop = await serveShop((services) => [api(services)]);
});
afterAll(() => shop.close());

const personOf = async (userId: number): Promise<Extract<Viewer, { kind: 'person' }>> => ({
  kind: 'person',
  accountId: shop.accountId,
  ...(await findMember(shop.inbox, userId)),
});
const make = (given: Partial<NewKey>, viewer: Viewer) =>
  createApiKey(
    shop.services,
    { accountId: shop.accountId, name: 'Till', scopes: [], expiresAt: null, ...given },
    viewer,
  );
const ask = (key: string) =>
  fetch(`${shop.url}/api/v1/conversations`, { headers: { authorization: `Bearer ${key}` } });
const command = (options: Record<string, string>) => ({
  options: { account: String(shop.accountId), ...options },
  stdin: null,
});
const trailOf = (id: number) =>
  shop.inbox.sql
    .select()
    .from(audit)
    .where(eq(audit.object, `api_key:${id}`));

test('a key is listed with who made it, what it may do, and when it was last used', async () => {
  const ada = await personOf(shop.adaId);
  const { id, key } = await make({ scopes: ['messages.send', 'conversations.read'] }, ada);
  expect((await ask(key)).status).toBe(200);
  const { keys } = await listKeys(shop.services, shop.accountId, { limit: 10 });
  expect(keys.find((one) => one.id === id)).toEqual({
    id,
    name: 'Till',
    scopes: ['conversations.read', 'messages.send'],
    createdBy: { id: shop.adaId, name: 'Ada Lungu' },
    createdAt: shop.clock.now,
    usedAt: shop.clock.now,
    expiresAt: null,
    revokedAt: null,
    state: 'valid',
  });
  expect(JSON.stringify(keys)).not.toContain(key.slice(5));
});

test('keys come a page at a time, the newest first, and none of another account', async () => {
  const ada = await personOf(shop.adaId);
  const ids = [];
  for (const name of ['One', 'Two', 'Three']) {
    ids.unshift((await make({ name }, ada)).id);
  }
  const first = await listKeys(shop.services, shop.accountId, { limit: 2 });
  expect(first.keys.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  const second = await listKeys(shop.services, shop.accountId, { limit: 1, before: first.next ?? 0 });
  expect(second.keys.map(({ id }) => id)).toEqual(ids.slice(2));
  const { accountId } = await shop.openOther();
  expect(await listKeys(shop.services, accountId, { limit: 10 })).toEqual({ keys: [], next: null });
});

test('nobody gives a key more than they may do, or see, themselves', async () => {
  await shop.restrict(shop.boId, ['conversations.read', 'messages.send', 'keys.manage']);
  const bo = await personOf(shop.boId);
  expect(grantable(bo)).toEqual(['conversations.read', 'messages.send']);
  await make({ scopes: ['conversations.read', 'messages.send'] }, bo);
  for (const scopes of [['conversations.write'], ['messages.send', 'conversations.write'], []]) {
    await expect(make({ scopes }, bo)).rejects.toBeInstanceOf(Forbidden);
  }
  const masked = { ...bo, sight: { ...bo.sight, seesPhones: false } };
  expect(grantable(masked)).toEqual(['messages.send']);
  await expect(make({ scopes: ['conversations.read'] }, masked)).rejects.toBeInstanceOf(Forbidden);
  const narrow = { ...bo, sight: { ...bo.sight, reach: 'own' as const } };
  expect(grantable(narrow)).toEqual([]);
  await expect(make({ scopes: ['messages.send'] }, narrow)).rejects.toBeInstanceOf(Forbidden);
});

test('an expired key is 401 from its moment on, a revoked one at once, and neither says why', async () => {
  const ada = await personOf(shop.adaId);
  const expiring = await make({ expiresAt: shop.clock.now + DAY }, ada);
  const revoked = await make({}, ada);
  const answers = new Set<string>();
  const refused = async (key: string) => {
    const answer = await ask(key);
    expect(answer.status).toBe(401);
    const { request_id: _, ...problem } = await answer.json();
    answers.add(JSON.stringify(problem));
  };

  shop.clock.now += DAY - 1;
  expect((await ask(expiring.key)).status).toBe(200);
  shop.clock.now += 1;
  await refused(expiring.key);
  expect((await ask(revoked.key)).status).toBe(200);
  await revokeKey(shop.services, { accountId: shop.accountId, id: revoked.id }, ada);
  await refused(revoked.key);
  await refused(`oono_${'x'.repeat(43)}`);
  expect([...answers]).toHaveLength(1);
  const { keys } = await listKeys(shop.services, shop.accountId, { limit: 2 });
  expect(keys.map(({ state }) => state)).toEqual(['revoked', 'expired']);
});

test('a connection that was kept open is of no use to a revoked key', async () => {
  const ada = await personOf(shop.adaId);
  const { id, key } = await make({}, ada);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const before = await askOver(agent, key);
    await revokeKey(shop.services, { accountId: shop.accountId, id }, ada);
    const after = await askOver(agent, key);
    expect([before.status, after.status]).toEqual([200, 401]);
    expect(after.port).toBe(before.port);
  } finally {
    agent.destroy();
  }
});

/** Asks over a connection of the agent's, and says by which of our ports. */
function askOver(agent: Agent, key: string): Promise<{ status: number; port: number }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${shop.url}/api/v1/conversations`, {
      agent,
      headers: { authorization: `Bearer ${key}` },
    });
    asked.on('response', (response: IncomingMessage) => {
      const port = asked.socket?.localPort ?? 0;
      response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, port }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('making and revoking are in the audit trail once each, without the key', async () => {
  const ada = { ...(await personOf(shop.adaId)), address: '203.0.113.9' };
  const expiresAt = shop.clock.now + DAY;
  const { id, key } = await make({ name: 'Web\n shop', scopes: ['messages.send'], expiresAt }, ada);
  await revokeKey(shop.services, { accountId: shop.accountId, id }, ada);
  await revokeKey(shop.services, { accountId: shop.accountId, id }, ada);
  const rows = await trailOf(id);
  expect(rows.map(({ action, actorId, address }) => [action, actorId, address])).toEqual([
    ['api_key.created', shop.adaId, '203.0.113.9'],
    ['api_key.revoked', shop.adaId, '203.0.113.9'],
  ]);
  expect(rows.map(({ data }) => JSON.parse(data))).toEqual([
    {
      name: 'Web shop',
      after: { scopes: ['messages.send'], expires_at: new Date(expiresAt).toISOString() },
    },
    { name: 'Web shop', before: { state: 'valid' }, after: { state: 'revoked' } },
  ]);
  expect(JSON.stringify(rows)).not.toContain(key.slice(5));
});

test('a revocation that a crash kept out of the trail is noted when somebody asks again', async () => {
  const ada = await personOf(shop.adaId);
  const { id } = await make({}, ada);
  const { control } = shop.services;
  await control.write('full', [
    control.sql.update(apiKeys).set({ revokedAt: shop.clock.now }).where(eq(apiKeys.id, id)),
  ]);
  await revokeKey(shop.services, { accountId: shop.accountId, id }, ada);
  expect((await trailOf(id)).map(({ action }) => action)).toEqual(['api_key.created', 'api_key.revoked']);
});

test('the last day of a key ends where the account is', () => {
  const noon = Date.UTC(2026, 10, 23, 12);
  const on = (date: string) => readExpiry({ expiry: 'date', date }, 'Africa/Harare', noon);
  expect(on('2026-11-23')).toBe(Date.UTC(2026, 10, 23, 22));
  expect(on('2026-12-31')).toBe(Date.UTC(2026, 11, 31, 22));
  for (const date of ['2026-11-22', '', 'soon', '2036-12-31']) {
    expect(() => on(date)).toThrow(Invalid);
  }
  expect(readExpiry({ expiry: '90', date: '2020-01-01' }, 'UTC', noon)).toBe(noon + 90 * DAY);
  expect(readExpiry({ expiry: 'never', date: '2020-01-01' }, 'UTC', noon)).toBeNull();
});

test('the commands make, list and revoke', async () => {
  const { key } = await apiKeyCreate(shop.services, command({ name: 'Nightly', expires: '7' }));
  expect((await ask(key)).status).toBe(200);
  const listed = async () =>
    (await apiKeyList(shop.services, command({}))).keys.map((one) => ({ ...one })) as {
      key_id: number;
      name: string;
      state: string;
    }[];
  const [newest] = await listed();
  expect(newest).toEqual({
    key_id: expect.any(Number),
    name: 'Nightly',
    state: 'valid',
    scopes: ['conversations.read', 'conversations.write', 'messages.send'],
    created_by: null,
    created_at: new Date(shop.clock.now).toISOString(),
    used_at: new Date(shop.clock.now).toISOString(),
    expires_at: new Date(shop.clock.now + 7 * DAY).toISOString(),
    revoked_at: null,
  } as typeof newest);
  const revoke = (id: number) => apiKeyRevoke(shop.services, command({ key: String(id) }));
  expect(await revoke(newest?.key_id ?? 0)).toEqual({ key_id: newest?.key_id ?? 0, state: 'revoked' });
  expect((await ask(key)).status).toBe(401);
  expect((await listed())[0]?.state).toBe('revoked');
});

test('the commands refuse what cannot be', async () => {
  const fieldsOf = (work: Promise<unknown>) =>
    work.then(
      () => [],
      (error) => (error instanceof Invalid ? Object.keys(error.fields) : [String(error)]),
    );
  for (const days of ['0', '-1', '1.5', 'soon', '3651', '']) {
    expect(await fieldsOf(apiKeyCreate(shop.services, command({ name: 'X', expires: days })))).toEqual([
      'expires',
    ]);
  }
  expect(await fieldsOf(apiKeyRevoke(shop.services, command({ key: '12' })))).toEqual(['key']);
  expect(await fieldsOf(apiKeyList(shop.services, { options: { account: '12' }, stdin: null }))).toEqual([
    'account',
  ]);
});
