import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { accounts, sessions, users } from '#src/db/schema/control.ts';
import { journal, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import { hashSecret } from '#src/sessions/secrets.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { asFragment, type Client } from '#src/testing/client.ts';
import { customers, people } from '#src/testing/people.ts';

const MINUTE = 60_000;
const clock = { now: Date.now() };
let box: Box;
let ada: Client;

beforeAll(async () => {
  box = await openBox({ now: () => clock.now });
  ada = await box.as('ada');
});
afterAll(() => box.close());

const read = async (client = ada) => (await client.get('/operator')).text();
const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', '’');

test('whoever runs the install sees how it is doing, in words', async () => {
  const words = plain(await read());
  for (const sentence of [
    'Everything is taken in',
    'Nothing waits to be sent',
    'No send needs a decision',
    'Every number sends',
    'One business',
    'The last stop was in good order',
    'version 0.1.0',
  ]) {
    expect(words).toContain(sentence);
  }
});

test('for everybody else there is nothing, and no link to it', async () => {
  for (const other of [await box.as('bo'), await box.asStranger()]) {
    expect((await other.get('/operator')).status).toBe(404);
    expect((await other.get('/operator/figures', asFragment)).status).toBe(404);
    expect(await (await other.get('/me')).text()).not.toContain('/operator');
  }
  expect((await box.anonymous.get('/operator')).headers.get('location')).toBe('/login?next=%2Foperator');
  expect(await (await ada.get('/me')).text()).toContain('href="/operator"');
  expect(await (await ada.get('/inbox/all')).text()).toContain('href="/operator"');
});

test('who no longer runs it sees it no longer', async () => {
  const { control } = box.services;
  const set = (isOperator: boolean) =>
    control.write('full', [
      control.sql.update(users).set({ isOperator }).where(eq(users.id, box.userIds.ada)),
    ]);
  await set(false);
  expect((await ada.get('/operator')).status).toBe(404);
  await set(true);
  expect((await ada.get('/operator')).status).toBe(200);
});

test('the page asks for its figures as a part; as a page of its own it leads back', async () => {
  const part = await ada.get('/operator/figures', asFragment);
  expect(part.status).toBe(200);
  expect(await part.text()).toStartWith('<hx-partial hx-target="#standing"');
  expect((await ada.get('/operator/figures')).headers.get('location')).toBe('/operator');
  expect((await box.anonymous.get('/operator/figures', asFragment)).status).toBe(401);
});

test('a page that asks by itself keeps nobody signed in', async () => {
  const { control } = box.services;
  const watching = await box.as('ada');
  const idHash = hashSecret(watching.cookie?.split('=')[1] ?? '');
  const seenAfter = async (path: string, headers = {}) => {
    clock.now += 2 * MINUTE;
    await watching.get(path, headers);
    clock.now += 2 * MINUTE;
    // Whoever comes next has what was noted of everybody written down.
    await ada.get('/operator');
    const [session] = await control.sql.select().from(sessions).where(eq(sessions.idHash, idHash));
    return session?.seenAt;
  };
  const before = await seenAfter('/operator');
  expect(before).toBe(clock.now - 2 * MINUTE);
  expect(await seenAfter('/operator/figures', asFragment)).toBe(before ?? 0);
});

test('what goes wrong is said with what to do, and nothing of it says what was written or by whom', async () => {
  const { simulator, number } = box;
  const noor = simulator.customer(customers.noor.phone, customers.noor);
  await noor.say(number.phoneNumberId, 'Do you have canary seed?');
  await box.settled();
  const { data } = await (await box.api('/api/v1/conversations')).json();
  simulator.trouble.garbage(1, { accept: false });
  await box.api(`/api/v1/conversations/${data[0].id}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'one' },
    body: JSON.stringify({ type: 'text', text: { body: 'Yes, canary seed' } }),
  });
  await box.services.delivery.idle();
  const change = { appId: 1, field: 'canary', entryId: '1', raw: new Uint8Array(1), digest: 'x' };
  const at = clock.now;
  await box.inbox((inbox) =>
    inbox.write('normal', [
      inbox.sql.update(outbox).set({ askedAt: at }),
      inbox.sql
        .insert(journal)
        .values({ id: 1, ...change, state: 'failed', error: 'canary', receivedAt: at }),
      inbox.sql.insert(journal).values({ id: 2, ...change, state: 'pending', receivedAt: at - 2 * MINUTE }),
      inbox.sql.update(numbers).set({ state: 'paused', pausedFor: 'token' }),
    ]),
  );
  await box.services.control.write('full', [
    box.services.control.sql
      .update(accounts)
      .set({ needsAttention: 'account 1 cannot be opened: /canary/inbox.db is missing: restore it' })
      .where(eq(accounts.id, box.accountId)),
  ]);

  const html = await read();
  const words = plain(html);
  for (const sentence of [
    'Something needs you',
    'Do something: Oldest waiting webhook: 2 min',
    'One change waits to be taken in.',
    'look for “webhooks wait to be taken in” in the log',
    'Look at this: Not understood: one change',
    'Look at this: One send needs a decision',
    'Do something: Paused: one number',
    'with “number add”: that resumes it',
    'Do something: Mbare Hardware cannot be opened',
    'The file of its database is gone, or nothing is left in it.',
    `In: Mbare Hardware (1) ${box.accountId}`,
  ]) {
    expect(words).toContain(sentence);
  }
  for (const secret of ['canary', customers.noor.name, customers.noor.phone.slice(1), people.bo.name]) {
    expect(html).not.toContain(secret);
  }
  expect(html.indexOf('standing-todo')).toBeLessThan(html.indexOf('standing-server'));
});

test('a slow queue has its age, and the number that holds it has none', async () => {
  clock.now += 6 * MINUTE;
  await box.inbox((inbox) =>
    inbox.write('normal', [
      inbox.sql.update(numbers).set({ state: 'live', pausedFor: null }),
      inbox.sql.update(outbox).set({ state: 'queued', notBefore: clock.now - 4 * MINUTE, askedAt: null }),
    ]),
  );
  expect(plain(await read())).toContain('One send waits; the oldest since 4 min');
});
