import { afterEach, beforeEach, expect, test } from 'bun:test';
import { journal } from '#src/db/schema/inbox/index.ts';
import { keepUnrouted } from '#src/webhooks/unrouted.ts';
import { numberAdd } from './commands.ts';
import { type Connecting, fieldsOf, first, openConnecting, second, trail } from './connecting-testing.ts';
import { loadNumbers } from './load-numbers.ts';

const DAY_MS = 24 * 60 * 60_000;
let world: Connecting;
let services: Connecting['services'];
let clock: Connecting['clock'];
let mine: Connecting['mine'];
let other: Connecting['other'];
let add: Connecting['add'];
let inMine: Connecting['inMine'];
let appsNow: Connecting['appsNow'];
let routesNow: Connecting['routesNow'];
let onlyApp: Connecting['onlyApp'];

beforeEach(async () => {
  world = await openConnecting();
  ({ services, clock, mine, other, add, inMine, appsNow, routesNow, onlyApp } = world);
});
afterEach(() => world.close());

test('a number belongs to one account, also when the operator vouches', async () => {
  await add(mine, first);
  const stolen = { ...first, app_secret: 'another-secret-0123456789' };
  expect(await fieldsOf(add(other, stolen))).toEqual(['phone_number_id']);
  expect(await fieldsOf(add(other, stolen, true))).toEqual(['phone_number_id']);
  expect(await services.accounts.use(other, loadNumbers)).toEqual([]);
  expect(await routesNow()).toMatchObject([{ accountId: mine }]);
});

test('a secret belongs to one account, the former one too while it is taken', async () => {
  await add(mine, first);
  expect(await fieldsOf(add(other, second, true))).toEqual(['app_secret']);
  await add(mine, { ...first, app_secret: 'fresh-secret-0123456789' }, true);
  expect(await fieldsOf(add(other, second, true))).toEqual(['app_secret']);
  expect(await fieldsOf(add(mine, second, true))).toEqual(['app_secret']);
  expect(await services.accounts.use(other, loadNumbers)).toEqual([]);
  clock.now += DAY_MS;
  expect(await fieldsOf(add(other, second, true))).toEqual([]);
});

test('two accounts that claim a number at once: one has it, and the other keeps nothing usable', async () => {
  const answers = await Promise.all([
    fieldsOf(add(mine, first, true)),
    fieldsOf(add(other, { ...first, app_secret: 'another-secret-0123456789' }, true)),
  ]);
  expect(answers.filter((fields) => fields.length === 0)).toHaveLength(1);
  expect(answers.flat()).toEqual(['phone_number_id']);
  const [route] = await routesNow();
  const loser = route?.accountId === mine ? other : mine;
  expect(
    (await services.accounts.use(loser, loadNumbers)).filter(({ state }) => state !== 'disconnected'),
  ).toEqual([]);
  expect(await appsNow()).toHaveLength(1);
  const deeds = (await services.accounts.use(loser, trail)).map(({ action }) => action);
  expect(deeds.filter((action) => action === 'number.disconnected')).toHaveLength(
    deeds.filter((action) => action === 'number.added').length,
  );
});

test('what arrived for a number before it was connected is taken over', async () => {
  await add(mine, first);
  const app = await onlyApp();
  await keepUnrouted(services.control, [
    {
      appId: app.id,
      field: 'messages',
      entryId: second.waba_id,
      phoneNumberId: second.phone_number_id,
      digest: 'd1',
      raw: new TextEncoder().encode(
        `{"field":"messages","value":{"metadata":{"phone_number_id":"${second.phone_number_id}"}}}`,
      ),
      receivedAt: clock.now,
    },
  ]);
  await add(mine, second);
  expect(await inMine(({ sql }) => sql.select().from(journal))).toMatchObject([
    { digest: 'd1', appId: app.id },
  ]);
});

test('the command takes a number from stdin, and ids only as text', async () => {
  const input = { options: { account: String(mine), trust: true as const }, stdin: first };
  const made = await numberAdd(services, input);
  expect(made).toEqual({
    number_id: (await inMine(loadNumbers))[0]?.id ?? 0,
    webhook_path: `/webhooks/whatsapp/${(await onlyApp()).pathKey}`,
  });
  expect(
    await fieldsOf(
      numberAdd(services, { ...input, stdin: { ...first, phone_number_id: Number(first.phone_number_id) } }),
    ),
  ).toEqual(['phone_number_id']);
  expect(
    await fieldsOf(numberAdd(services, { ...input, stdin: { ...first, verify_token: undefined } })),
  ).toEqual(['verify_token']);
  expect(await fieldsOf(numberAdd(services, { ...input, options: {} }))).toEqual(['account']);
  expect(await fieldsOf(numberAdd(services, { ...input, options: { account: '12' } }))).toEqual([
    'account_id',
  ]);
});
