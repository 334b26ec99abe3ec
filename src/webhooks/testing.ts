import { eq } from 'drizzle-orm';
import { createOpenAccounts } from '#src/accounts/open-accounts.ts';
import { readConfig } from '#src/config.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { accounts as accountRows, metaApps, routes } from '#src/db/schema/control.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import { createCounts } from '#src/ops/counts.ts';
import { hashSecret } from '#src/sessions/secrets.ts';
import { openTestLog } from '#src/testing/log.ts';
import { openTestStorage } from '#src/testing/storage.ts';
import { intakeIdle } from './intake.ts';
import { recoverJournal } from './recovery.ts';
import { webhooks } from './routes.ts';
import { forgetRouting, secretOf } from './routing.ts';
import type { WebhookServices } from './webhook-services.ts';

export const NOON = Date.UTC(2026, 10, 22, 12);
const NOON_S = NOON / 1000;

export type Shop = {
  accountId: number;
  appId: number;
  secret: string;
  phoneNumberId: string;
  wabaId: string;
};

/** Two businesses that share nothing. */
export const bakery: Shop = {
  accountId: 1,
  appId: 11,
  secret: 'bakery-secret-0123456789',
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
};
export const garage: Shop = {
  accountId: 2,
  appId: 12,
  secret: 'garage-secret-0123456789',
  phoneNumberId: '207765431098765',
  wabaId: '203390129341111',
};

/** The webhook side of the program on real, encrypted storage, with a clock that stands until it is moved. */
export async function openWebhookBench(shops: readonly Shop[] = [bakery, garage]) {
  const clock = { now: NOON + 1_000 };
  const now = () => clock.now;
  const storage = await openTestStorage(now);
  const { control, keyring, ids, folder } = storage;
  const pushed: (LiveChange & { accountId: number })[] = [];
  const log = openTestLog();
  const open = () =>
    createOpenAccounts({
      dataFolder: folder,
      limit: 8,
      control,
      keyring,
      ids,
      log,
      now,
      recover: (inbox) => recoverJournal(services, inbox),
      leave: async () => {},
    });
  const services: WebhookServices = {
    accounts: open(),
    config: readConfig({ OONOBOX_DATA: folder }),
    control,
    counts: createCounts(),
    keyring,
    log,
    now,
    phase: { draining: false },
    delivery: { poke() {} },
    fetching: { poke() {} },
    templates: { poke() {}, renew() {} },
    live: {
      async publish(inbox, changes) {
        pushed.push(...changes.map((change) => ({ ...change, accountId: inbox.accountId })));
      },
    },
  };
  for (const shop of shops) {
    await connect(services, shop);
  }
  const app = webhooks(services);

  const inbox = async (shop: Shop): Promise<Inbox> => {
    const { inbox, release } = await services.accounts.pin(shop.accountId);
    release();
    return inbox;
  };

  async function post(
    body: string | Uint8Array<ArrayBuffer>,
    secret = bakery.secret,
    path = '/webhooks/whatsapp',
  ): Promise<Response> {
    return app.handle(
      new Request(`http://localhost${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-hub-signature-256': sign(body, secret) },
      }),
    );
  }

  async function settled(): Promise<void> {
    for (const accountId of services.accounts.openNow()) {
      await services.accounts.use(accountId, intakeIdle);
    }
  }

  return {
    services,
    storage,
    clock,
    pushed,
    app,
    inbox,
    /** Sends exactly these bytes, signed with the secret. */
    post,
    /** Resolves when everything that came is taken in. */
    settled,
    /** One webhook of the bakery's with a change for each value, answered 200 and taken in. */
    async arrive(...values: object[]): Promise<void> {
      const { status } = await post(webhookBody(bakery, ...values));
      if (status !== 200) {
        throw new Error(`The webhook was answered ${status}`);
      }
      await settled();
    },
    /** Closes every account and forgets it was open, as after a restart. */
    async restart() {
      await services.accounts.closeAll();
      services.accounts = open();
    },
    async close() {
      services.phase.draining = true;
      await services.accounts.closeAll();
      await storage.close();
    },
  };
}

export type WebhookBench = Awaited<ReturnType<typeof openWebhookBench>>;

/** Registers an account, its app, its number and the route between them. */
export async function connect(services: WebhookServices, shop: Shop): Promise<void> {
  const { accounts, control } = services;
  const { accountId, appId, secret, phoneNumberId, wabaId } = shop;
  const [known] = await control.sql.select().from(accountRows).where(eq(accountRows.id, accountId));
  if (!known) {
    const names = { name: `account ${accountId}`, businessName: 'b', timeZone: 'UTC' };
    await control.write('full', [
      control.sql
        .insert(accountRows)
        .values({ id: accountId, ...names, state: 'active', stateAt: NOON, createdAt: NOON }),
    ]);
    await accounts.create(accountId);
  }
  await control.write('full', [
    control.sql
      .insert(metaApps)
      .values({
        id: appId,
        accountId,
        pathKey: `key-${appId}`,
        secret: control.keys.seal(secret, secretOf(appId)),
        verifyTokenHash: hashSecret(`verify-${appId}`),
        createdAt: NOON,
      })
      .onConflictDoNothing(),
    control.sql.insert(routes).values({ phoneNumberId, accountId, wabaId, appId, state: 'live' }),
  ]);
  await accounts.use(accountId, (inbox) =>
    inbox.write('full', [
      inbox.sql.insert(numbers).values({
        id:
          phoneNumberId === bakery.phoneNumberId || phoneNumberId === garage.phoneNumberId
            ? accountId * 100
            : inbox.nextId(),
        phoneNumberId,
        wabaId,
        displayPhone: '+1 555 078 3881',
        name: 'Front desk',
        token: new Uint8Array(1),
        state: 'live',
        connectedAt: NOON,
      }),
    ]),
  );
  forgetRouting(control);
}

export function sign(body: string | Uint8Array, secret: string): string {
  return `sha256=${new Bun.CryptoHasher('sha256', secret).update(body).digest('hex')}`;
}

/** A webhook's body: one entry with one change for each value. */
export function webhookBody(shop: Shop, ...values: object[]): string {
  const changes = values.map((value) => ({ field: 'messages', value: { ...metadata(shop), ...value } }));
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: shop.wabaId, changes }] });
}

/** A webhook's body: one change of a field about the business account, at a moment in seconds. */
export function fieldBody(shop: Shop, field: string, value: object, time = NOON_S): string {
  const entry = [{ id: shop.wabaId, time, changes: [{ field, value }] }];
  return JSON.stringify({ object: 'whatsapp_business_account', entry });
}

function metadata({ phoneNumberId }: Shop) {
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550783881', phone_number_id: phoneNumberId },
  };
}

type Noor = { from?: string; from_user_id?: string };
export const noor = { from: '263771234567', from_user_id: 'ZW.13491208655302741918' } satisfies Noor;

/** The value of a change with one text of Noor's, `second` seconds after noon. */
export function text(
  wamid: string,
  body: string,
  {
    second = 0,
    from = noor as Noor,
    ...more
  }: { second?: number; from?: Noor; [field: string]: unknown } = {},
) {
  const message = {
    id: wamid,
    ...from,
    timestamp: String(NOON_S + second),
    type: 'text',
    text: { body },
    ...more,
  };
  const ids = {
    ...(from.from ? { wa_id: from.from } : {}),
    ...(from.from_user_id ? { user_id: from.from_user_id } : {}),
  };
  return { contacts: [{ profile: { name: 'Noor' }, ...ids }], messages: [message] };
}

/** The value of a change with one status. */
export function statusOf(wamid: string, status: string, more: object = {}) {
  return {
    statuses: [{ id: wamid, status, timestamp: String(NOON_S + 5), recipient_id: noor.from, ...more }],
  };
}
