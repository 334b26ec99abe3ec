import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccount } from '#src/accounts/create-account.ts';
import { readConfig } from '#src/config.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { metaApps, routes } from '#src/db/schema/control.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { createServices } from '#src/services.ts';
import { startSimulator } from '#src/simulator/simulator.ts';
import { openTestLog } from '#src/testing/log.ts';
import { people, stranger } from '#src/testing/people.ts';
import { addNumber } from './add-number.ts';
import type { MetaApp } from './meta-app.ts';
import type { NewNumber } from './new-number.ts';

export const first: NewNumber = {
  phone_number_id: '10987654321098765',
  waba_id: '20987654321098765',
  display_phone_number: '+263 77 123 4567',
  access_token: 'EAAGfirsttoken',
  app_secret: 'first-secret-0123456789',
  verify_token: 'kudu morning 7',
};
export const second = {
  ...first,
  phone_number_id: '10987654321098766',
  display_phone_number: '+263 77 123 4568',
};

/** For tests: two accounts without numbers, and at Meta two numbers of one app. */
export async function openConnecting() {
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-numbers-'));
  const simulator = startSimulator();
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
  const clock = { now: Date.UTC(2026, 10, 23) };
  const config = readConfig({ OONOBOX_DATA: folder, OONOBOX_GRAPH_URL: simulator.url });
  const services = await createServices(config, { now: () => clock.now, log: openTestLog() });
  const make = async (name: string, owner: typeof people.ada | typeof stranger) =>
    (
      await createAccount(
        services,
        { name, businessName: '', timeZone: 'UTC', owner },
        { actor: { kind: 'system' } },
      )
    ).accountId;
  const mine = await make('Mbare Market', people.ada);
  const other = await make('Other Shop', stranger);
  const appsNow = () => services.control.sql.select().from(metaApps);
  return {
    services,
    simulator,
    clock,
    mine,
    other,
    add: (accountId: number, number: NewNumber, trust = false) =>
      addNumber(services, accountId, number, { trust, actor: { kind: 'command' } }),
    inMine: <T>(work: Parameters<typeof services.accounts.use<T>>[1]) => services.accounts.use(mine, work),
    appsNow,
    routesNow: () => services.control.sql.select().from(routes),
    async onlyApp(): Promise<MetaApp> {
      const [app, ...more] = await appsNow();
      if (!app || more.length > 0) {
        throw new Error('there is not exactly one app');
      }
      return app;
    },
    async close() {
      await services.close();
      await simulator.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export type Connecting = Awaited<ReturnType<typeof openConnecting>>;

/** What the trail has about numbers and apps, the oldest first. */
export async function trail(inbox: Inbox) {
  const rows = await inbox.sql.select().from(audit);
  return (
    rows
      .filter(({ action }) => /^(number|meta_app)\./.test(action))
      // Asked for by itself, some time after.
      .filter(({ action }) => action !== 'number.owner_learnt')
      .map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) }))
  );
}

/** The fields for which it is refused; none when it is not. */
export async function fieldsOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    return error instanceof Invalid ? Object.keys(error.fields) : [String(error)];
  }
}
