import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq, sql } from 'drizzle-orm';
import { numbers } from '#src/db/schema/inbox/index.ts';
import { hashSecret } from '#src/sessions/secrets.ts';
import { routingOf } from '#src/webhooks/routing.ts';
import { type Connecting, fieldsOf, first, openConnecting, second, trail } from './connecting-testing.ts';
import { loadNumbers } from './load-numbers.ts';
import { openPreviousSecret, openSecret } from './meta-app.ts';
import type { NewNumber } from './new-number.ts';
import { openToken } from './number-token.ts';

const DAY_MS = 24 * 60 * 60_000;
let world: Connecting;
let services: Connecting['services'];
let simulator: Connecting['simulator'];
let clock: Connecting['clock'];
let mine: Connecting['mine'];
let add: Connecting['add'];
let inMine: Connecting['inMine'];
let appsNow: Connecting['appsNow'];
let routesNow: Connecting['routesNow'];
let onlyApp: Connecting['onlyApp'];

beforeEach(async () => {
  world = await openConnecting();
  ({ services, simulator, clock, mine, add, inMine, appsNow, routesNow, onlyApp } = world);
});
afterEach(() => world.close());

test('a number is connected once Meta has shown it to its token, and its secrets are sealed', async () => {
  const { numberId, webhookPath } = await add(mine, first);
  expect(simulator.requests).toHaveLength(1);
  const app = await onlyApp();
  expect(webhookPath).toBe(`/webhooks/whatsapp/${app.pathKey}`);
  expect(app.pathKey).toMatch(/^[\w-]{32}$/);
  expect(app.verifyTokenHash).toBe(hashSecret(first.verify_token));
  expect(openSecret(services.control, app)).toBe(first.app_secret);
  expect(Buffer.from(app.secret).includes(first.app_secret)).toBe(false);
  expect(await routesNow()).toEqual([
    {
      phoneNumberId: first.phone_number_id,
      accountId: mine,
      wabaId: first.waba_id,
      appId: app.id,
      state: 'live',
    },
  ]);
  await inMine(async (inbox) => {
    expect(await loadNumbers(inbox)).toMatchObject([
      { id: numberId, name: 'Mbare Market', state: 'live', displayPhone: '+263 77 123 4567' },
    ]);
    const [row] = await inbox.sql.select().from(numbers);
    expect(row && openToken(inbox, row)).toBe(first.access_token);
    expect(row && Buffer.from(row.token).includes(first.access_token)).toBe(false);
    expect((await trail(inbox)).map(({ action, data }) => [action, data])).toEqual([
      [
        'number.added',
        {
          phone_number_id: first.phone_number_id,
          after: {
            name: 'Mbare Market',
            display_phone: first.display_phone_number,
            waba_id: first.waba_id,
            state: 'live',
            paused_for: null,
          },
        },
      ],
      ['meta_app.added', {}],
    ]);
  });
});

test('a token that cannot read the number connects nothing, unless the operator vouches for it', async () => {
  expect(await fieldsOf(add(mine, { ...first, access_token: 'EAAGother' }))).toEqual(['access_token']);
  expect(await fieldsOf(add(mine, { ...first, phone_number_id: '1' }))).toEqual(['access_token']);
  expect([await appsNow(), await routesNow(), await inMine(loadNumbers)]).toEqual([[], [], []]);
  const asked = simulator.requests.length;
  await add(mine, { ...first, access_token: 'EAAGother' }, true);
  expect(simulator.requests).toHaveLength(asked);
  expect(await inMine(loadNumbers)).toMatchObject([{ name: first.display_phone_number }]);
});

test('webhooks reach a number from its claim on, also when what follows cannot be written', async () => {
  expect((await routingOf(services.control)).routes.size).toBe(0);
  await inMine(async (inbox) =>
    inbox.objects(
      sql.raw(`create trigger refused before insert on audit when new.action = 'meta_app.added'
        begin select raise(abort, 'refused by the test'); end`),
    ),
  );
  await expect(add(mine, first)).rejects.toThrow('refused by the test');
  expect([...(await routingOf(services.control)).routes.keys()]).toEqual([first.phone_number_id]);
});

test('a second number of the same app shares its path', async () => {
  const one = await add(mine, first);
  const two = await add(mine, second);
  expect(two.webhookPath).toBe(one.webhookPath);
  expect(two.numberId).not.toBe(one.numberId);
  expect(await appsNow()).toHaveLength(1);
});

test('a number of another app gets an app of its own', async () => {
  const one = await add(mine, first);
  const two = await add(mine, { ...second, app_secret: 'second-secret-0123456789' });
  expect(two.webhookPath).not.toBe(one.webhookPath);
});

test('connecting a number again replaces token, secret and verify token, and keeps its ids', async () => {
  const before = await add(mine, first);
  const fresh = {
    ...first,
    access_token: 'EAAGfreshtoken',
    app_secret: 'fresh-secret-0123456789',
    verify_token: 'eland evening 8',
  };
  expect(await add(mine, fresh, true)).toEqual(before);
  const app = await onlyApp();
  expect(openSecret(services.control, app)).toBe(fresh.app_secret);
  expect(openPreviousSecret(services.control, app, clock.now + DAY_MS - 1)).toBe(first.app_secret);
  expect(openPreviousSecret(services.control, app, clock.now + DAY_MS)).toBeNull();
  expect(app.verifyTokenHash).toBe(hashSecret(fresh.verify_token));
  await inMine(async (inbox) => {
    const rows = await inbox.sql.select().from(numbers);
    expect(rows.map((row) => openToken(inbox, row))).toEqual([fresh.access_token]);
  });
});

test('what connecting it again changed is in the trail, and no secret is', async () => {
  await add(mine, first);
  await add(mine, { ...second, app_secret: first.app_secret });
  await inMine((inbox) =>
    inbox.write('full', [inbox.sql.update(numbers).set({ state: 'paused', pausedFor: 'token' })]),
  );
  const fresh = {
    ...first,
    display_phone_number: '+263 77 999 9999',
    access_token: 'EAAGfreshtoken',
    app_secret: 'fresh-secret-0123456789',
    verify_token: 'eland evening 8',
  };
  await add(mine, fresh, true);
  await inMine(async (inbox) => {
    const rows = await trail(inbox);
    expect(rows.map(({ action }) => action)).toEqual([
      'number.added',
      'meta_app.added',
      'number.added',
      'number.reconnected',
      'meta_app.renewed',
    ]);
    expect(rows.at(-2)?.data).toMatchObject({
      before: { display_phone: first.display_phone_number, state: 'paused', paused_for: 'token' },
      after: { display_phone: '+263 77 999 9999', state: 'live', paused_for: null },
      replaced: ['access_token'],
    });
    expect(rows.at(-1)?.data).toEqual({ replaced: ['app_secret', 'verify_token'] });
    const kept = JSON.stringify(rows);
    for (const { access_token, app_secret, verify_token } of [first, fresh]) {
      expect([access_token, app_secret, verify_token].filter((secret) => kept.includes(secret))).toEqual([]);
    }
  });
});

test('connecting a number again with the same secret keeps the one before it for its day', async () => {
  await add(mine, first);
  const fresh = { ...first, app_secret: 'fresh-secret-0123456789' };
  await add(mine, fresh, true);
  clock.now += DAY_MS / 2;
  await add(mine, fresh, true);
  expect(openPreviousSecret(services.control, await onlyApp(), clock.now)).toBe(first.app_secret);
});

test('a new secret can be taken back', async () => {
  await add(mine, first);
  await add(mine, { ...first, app_secret: 'fresh-secret-0123456789' }, true);
  await add(mine, first);
  expect(openSecret(services.control, await onlyApp())).toBe(first.app_secret);
  expect(openPreviousSecret(services.control, await onlyApp(), clock.now)).toBe('fresh-secret-0123456789');
});

test.each([
  ['paused', 'token'],
  ['disconnected', null],
  ['paused', '131042'],
] as const)('a number that is %s for %s is live after it was connected again', async (state, pausedFor) => {
  await add(mine, first);
  await inMine((inbox) => inbox.write('full', [inbox.sql.update(numbers).set({ state, pausedFor })]));
  await add(mine, first);
  expect(await inMine(loadNumbers)).toMatchObject([{ state: 'live', pausedFor: null }]);
});

test('a number that has moved to another business account is of that one’s owner, once it is known', async () => {
  await add(mine, first);
  await add(mine, second);
  const ownedBy = (portfolioId: string, { phone_number_id }: NewNumber) =>
    inMine((inbox) =>
      inbox.write('full', [
        inbox.sql.update(numbers).set({ portfolioId }).where(eq(numbers.phoneNumberId, phone_number_id)),
      ]),
    );
  const owner = () =>
    inMine(async ({ sql: db }) => {
      const rows = await db.select().from(numbers).where(eq(numbers.phoneNumberId, first.phone_number_id));
      return rows.map(({ portfolioId }) => portfolioId);
    });
  await services.templates.idle();
  await ownedBy('former', first);
  await add(mine, first);
  expect(await owner()).toEqual(['former']);
  // Of this one, Meta tells nothing to the token.
  await add(mine, { ...first, waba_id: '30987654321098765' }, true);
  expect(await owner()).toEqual([null]);
  await ownedBy('latter', second);
  await add(mine, first);
  expect(await owner()).toEqual(['latter']);
});
