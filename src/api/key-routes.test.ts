import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { accounts, apiKeys } from '#src/db/schema/control.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import type { Client } from '#src/testing/client.ts';

let box: Box;
let ada: Client;

beforeAll(async () => {
  box = await openBox();
  ada = await box.as('ada');
});
afterAll(() => box.close());

const form = { name: 'Web shop', 'conversations.read': '1', expiry: '30' };
const keysNow = () =>
  box.services.control.sql.select().from(apiKeys).where(eq(apiKeys.accountId, box.accountId));
const named = async (name: string) => (await keysNow()).find((key) => key.name === name);
const textOf = async (answer: Promise<Response>) => (await answer).text();
const secretIn = (html: string) => html.match(/oono_[\w-]{43}/)?.[0] ?? '';

test('a key is made by a plain form, shown once with how to use it, and works', async () => {
  const answer = await ada.post('/settings/api', form);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  const html = await answer.text();
  const secret = secretIn(html);
  expect(html).toContain(`curl -H &#39;Authorization: Bearer ${secret}&#39;`.replaceAll('&#39;', "'"));
  expect(html).toContain(`${box.url}/api/v1/conversations`);
  const used = await fetch(`${box.url}/api/v1/conversations`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  expect(used.status).toBe(200);
  expect(await named('Web shop')).toMatchObject({
    createdBy: box.userIds.ada,
    scopes: 'conversations.read',
  });
  const list = await textOf(ada.get('/settings/api'));
  expect(list).toContain('Web shop');
  expect(list).toContain('Ada Lungu');
  expect(secretIn(list)).toBe('');
});

test('the example of a key that may only send is one that sends', async () => {
  const html = await textOf(
    ada.post('/settings/api', { name: 'Robot', 'messages.send': '1', expiry: 'never' }),
  );
  expect(html).toContain('Idempotency-Key');
  expect(html).toContain('/api/v1/conversations/ID/messages');
});

test('a form that cannot be taken comes back with what was written, and makes no key', async () => {
  const before = await keysNow();
  const wrong: [Record<string, string>, string][] = [
    [{ ...form, name: ' ' }, 'Give the key a name'],
    [{ name: 'Web shop', expiry: '30' }, 'at least one thing'],
    [{ ...form, expiry: 'soon' }, 'Choose when the key expires'],
    [{ ...form, expiry: 'date', date: '2020-01-01' }, 'Choose a day from today on'],
    [{ date: '' }, 'Choose when the key expires'],
  ];
  for (const [fields, sentence] of wrong) {
    const answer = await ada.post('/settings/api', fields);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain(sentence);
    expect(secretIn(html)).toBe('');
    if (fields.name === 'Web shop') {
      expect(html).toContain('value="Web shop"');
    }
  }
  expect(await keysNow()).toEqual(before);
});

test('a suspended business is told so, and makes no key', async () => {
  const { control } = box.services;
  const setState = (state: 'active' | 'suspended') =>
    control.write('full', [
      control.sql.update(accounts).set({ state }).where(eq(accounts.id, box.accountId)),
    ]);
  await setState('suspended');
  const answer = await ada.post('/settings/api', { ...form, name: 'Too late' });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('as long as the business is suspended');
  await setState('active');
  expect(await named('Too late')).toBeUndefined();
});

test('revoking asks first, and is for good', async () => {
  await ada.post('/settings/api', { ...form, name: 'Old till' });
  const id = (await named('Old till'))?.id;
  const path = `/settings/api/${id}/revocation`;
  expect(await textOf(ada.get(path))).toContain('Revoke “Old till”?');
  expect((await named('Old till'))?.revokedAt).toBeNull();
  const done = await ada.post(path);
  expect([done.status, done.headers.get('location')]).toEqual([303, '/settings/api']);
  expect((await named('Old till'))?.revokedAt).not.toBeNull();
  expect(await textOf(ada.get(path))).toContain('It is over already');
  expect(await textOf(ada.get('/settings/api'))).toContain('Revoked');
});

test('an expired key is said to be so', async () => {
  const { control } = box.services;
  await control.write('full', [
    control.sql.update(apiKeys).set({ expiresAt: 1, name: 'Once' }).where(eq(apiKeys.name, 'Robot')),
  ]);
  expect(await textOf(ada.get('/settings/api'))).toContain('Expired');
  expect(await textOf(ada.get(`/settings/api/${(await named('Once'))?.id}/revocation`))).toContain('Revoke');
});

test('a key of another account cannot be looked at or revoked, and an agent reaches nothing', async () => {
  const id = (await named('Web shop'))?.id;
  const path = `/settings/api/${id}/revocation`;
  const stranger = await box.asStranger();
  expect([(await stranger.get(path)).status, (await stranger.post(path)).status]).toEqual([404, 404]);
  const bo = await box.as('bo');
  for (const [method, at] of [
    ['get', '/settings/api'],
    ['get', '/settings/api/new'],
    ['post', '/settings/api'],
    ['get', path],
    ['post', path],
  ] as const) {
    expect((await (method === 'get' ? bo.get(at) : bo.post(at, form))).status).toBe(403);
  }
  expect((await named('Web shop'))?.revokedAt).toBeNull();
  expect(await textOf(stranger.get('/settings/api'))).not.toContain('Web shop');
});
