import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { createAccount } from '#src/accounts/create-account.ts';
import { readConfig } from '#src/config.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { metaApps, routes } from '#src/db/schema/control.ts';
import { audit, journal, numbers } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { createServices, type Services } from '#src/services.ts';
import { hashSecret } from '#src/sessions/secrets.ts';
import { type Simulator, startSimulator } from '#src/simulator/simulator.ts';
import { openTestLog } from '#src/testing/log.ts';
import { people, stranger } from '#src/testing/people.ts';
import { keepUnrouted } from '#src/webhooks/unrouted.ts';
import { addNumber } from './add-number.ts';
import { numberAdd } from './commands.ts';
import { loadNumbers } from './load-numbers.ts';
import { type MetaApp, openPreviousSecret, openSecret } from './meta-app.ts';
import type { NewNumber } from './new-number.ts';
import { openToken } from './number-token.ts';

const DAY_MS = 24 * 60 * 60_000;
const first: NewNumber = {
  phone_number_id: '10987654321098765',
  waba_id: '20987654321098765',
  display_phone_number: '+263 77 123 4567',
  access_token: 'EAAGfirsttoken',
  app_secret: 'first-secret-0123456789',
  verify_token: 'kudu morning 7',
};
const second = { ...first, phone_number_id: '10987654321098766', display_phone_number: '+263 77 123 4568' };

let folder: string;
let simulator: Simulator;
let services: Services;
let clock: number;
let mine: number;
let other: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oonobox-numbers-'));
  simulator = startSimulator();
  for (const number of [first, second]) {
    simulator.addNumber({
      phoneNumberId: number.phone_number_id,
      wabaId: number.waba_id,
      displayPhoneNumber: number.display_phone_number,
      verifiedName: 'Mbare Market',
      accessToken: number.access_token,
      appSecret: number.app_secret,
      webhookUrl: null,
      verifyToken: number.verify_token,
    });
  }
  clock = Date.UTC(2026, 10, 23);
  const config = readConfig({ OONOBOX_DATA: folder, OONOBOX_GRAPH_URL: simulator.url });
  services = await createServices(config, { now: () => clock, log: openTestLog() });
  const make = async (name: string, owner: typeof people.ada | typeof stranger) =>
    (
      await createAccount(
        services,
        { name, businessName: '', timeZone: 'UTC', owner },
        { actor: { kind: 'system' } },
      )
    ).accountId;
  mine = await make('Mbare Market', people.ada);
  other = await make('Other Shop', stranger);
});
afterEach(async () => {
  await services.close();
  await simulator.stop();
  rmSync(folder, { recursive: true });
});

const add = (accountId: number, number: NewNumber, trust = false) =>
  addNumber(services, accountId, number, { trust, actor: { kind: 'command' } });
const appsNow = () => services.control.sql.select().from(metaApps);
const routesNow = () => services.control.sql.select().from(routes);
const inMine = <T>(work: Parameters<typeof services.accounts.use<T>>[1]) => services.accounts.use(mine, work);

/** What the trail has about numbers and apps, the oldest first. */
async function trail(inbox: Inbox) {
  const rows = await inbox.sql.select().from(audit);
  return (
    rows
      .filter(({ action }) => /^(number|meta_app)\./.test(action))
      // Asked for by itself, some time after.
      .filter(({ action }) => action !== 'number.owner_learnt')
      .map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) }))
  );
}

async function fieldsOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    return error instanceof Invalid ? Object.keys(error.fields) : [String(error)];
  }
}

async function onlyApp(): Promise<MetaApp> {
  const [app, ...more] = await appsNow();
  if (!app || more.length > 0) {
    throw new Error('there is not exactly one app');
  }
  return app;
}

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
  expect(openPreviousSecret(services.control, app, clock + DAY_MS - 1)).toBe(first.app_secret);
  expect(openPreviousSecret(services.control, app, clock + DAY_MS)).toBeNull();
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
  clock += DAY_MS / 2;
  await add(mine, fresh, true);
  expect(openPreviousSecret(services.control, await onlyApp(), clock)).toBe(first.app_secret);
});

test('a new secret can be taken back', async () => {
  await add(mine, first);
  await add(mine, { ...first, app_secret: 'fresh-secret-0123456789' }, true);
  await add(mine, first);
  expect(openSecret(services.control, await onlyApp())).toBe(first.app_secret);
  expect(openPreviousSecret(services.control, await onlyApp(), clock)).toBe('fresh-secret-0123456789');
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
  clock += DAY_MS;
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
      receivedAt: clock,
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
