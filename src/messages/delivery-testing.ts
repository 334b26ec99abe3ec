import { eq } from 'drizzle-orm';
import { createOpenAccounts } from '#src/accounts/open-accounts.ts';
import { putFile } from '#src/attachments/testing.ts';
import { KEPT_AT_META_MS } from '#src/attachments/upload-id.ts';
import { createLocalStore } from '#src/attachments/vault/local-store.ts';
import { createVault } from '#src/attachments/vault/vault.ts';
import { openCase } from '#src/conversations/case.ts';
import { ACCOUNT, ada, NOON, NUMBER, seedConversation } from '#src/conversations/testing.ts';
import { WINDOW_MS } from '#src/conversations/window.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { accounts as accountRows } from '#src/db/schema/control.ts';
import {
  attempts,
  cases,
  consents,
  conversations,
  files,
  identities,
  members,
  messages,
  numbers,
  outbox,
  roles,
} from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import { sealToken } from '#src/numbers/number-token.ts';
import { createCounts } from '#src/ops/counts.ts';
import { startSimulator } from '#src/simulator/simulator.ts';
import { steady } from '#src/steady.ts';
import { openTestLog } from '#src/testing/log.ts';
import { openTestStorage } from '#src/testing/storage.ts';
import { intakeIdle } from '#src/webhooks/intake.ts';
import { createWhatsApp } from '#src/whatsapp/client.ts';
import { composeMessage } from './compose.ts';
import { SERVICE_PURPOSE } from './compose-consent.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import type { DeliveryParts } from './delivery-post.ts';
import { recoverOutbox } from './outbox.ts';
import { statusRank } from './status.ts';
import type { MessageStatus } from './thread-message.ts';

export const PHONE_NUMBER_ID = '106540352242922';

type Settings = { graphUrl?: string; clock?: { now: number } };

/**
 * For tests of sending: one account on real storage, the real client, and a simulated WhatsApp at the other end
 * that sends no webhooks. The clock stands until a test moves it.
 */
export async function openSendingShop({ graphUrl, clock = { now: NOON } }: Settings = {}) {
  const now = () => clock.now;
  const metasNow = steady(now);
  const simulator = startSimulator({ now: metasNow });
  const storage = await openTestStorage(now);
  const { control, keyring, ids, folder } = storage;
  const log = openTestLog();
  const openAccounts = () =>
    createOpenAccounts({
      dataFolder: folder,
      limit: 8,
      control,
      keyring,
      ids,
      log,
      now,
      recover: (inbox) => recoverOutbox(inbox, now()),
      leave: async () => {},
    });
  const screens = createScreens();
  const parts: DeliveryParts = {
    accounts: openAccounts(),
    control,
    counts: createCounts(),
    keyring,
    live: screens.live,
    log,
    now,
    phase: { draining: false },
    vault: createVault(createLocalStore(folder)),
    templates: { renew() {} },
    whatsapp: createWhatsApp({
      graphUrl: graphUrl ?? simulator.url,
      graphVersion: 'v25.0',
      log,
    }),
  };
  let delivery = createDelivery(() => parts);
  const crashed: Delivery[] = [];

  await openAccount(parts);
  simulator.addNumber({
    phoneNumberId: PHONE_NUMBER_ID,
    wabaId: '102290129340398',
    displayPhoneNumber: '+1 555 078 3881',
    verifiedName: 'Front desk',
    accessToken: 'a-token-that-works',
    appSecret: 'an app secret that is long',
    webhookUrl: null,
    verifyToken: 'verify',
  });

  const use: DeliveryParts['accounts']['use'] = (accountId, work) => parts.accounts.use(accountId, work);
  const inbox = <T>(work: Parameters<typeof use<T>>[1]) => use(ACCOUNT, work);

  const shop = {
    clock,
    simulator,
    parts,
    control,
    get delivery(): Delivery {
      return delivery;
    },
    poke: () => delivery.poke(ACCOUNT),
    /** Ours alone: Meta's goes on. */
    setClockBack(milliseconds: number): void {
      metasNow();
      clock.now -= milliseconds;
      metasNow();
    },
    /** What was pushed to screens, in order. */
    published: screens.published,
    inbox,
    /** A conversation whose customer has just written: the window is open on both sides. */
    async conversation(id: number) {
      const phone = `+26377${String(id).padStart(7, '0')}`;
      const customer = simulator.customer(phone);
      const { wamid } = customer.write(PHONE_NUMBER_ID, { type: 'text', text: { body: 'Hello' } });
      await inbox(async (open) => {
        const waiting = { windowExpiresAt: clock.now + WINDOW_MS, waitingSince: clock.now, caseId: id };
        const subject = { numberId: NUMBER, teamId: null, assigneeId: null };
        await open.write('normal', [
          ...seedConversation(open, id, { ...waiting, lastArrivedAt: clock.now }),
          open.sql.insert(cases).values(openCase(id, { ...subject, id }, 'customer', clock.now)),
          open.sql
            .update(messages)
            .set({ wamid, caseId: id })
            .where(eq(messages.id, id * 100)),
        ]);
      });
      return customer;
    },
    /** Ada writes; nothing is sent until `poke`. */
    write: (conversationId: number, text: string, key = crypto.randomUUID()) =>
      inbox((open) =>
        composeMessage(
          open,
          { conversationId, text, key, keyOwner: 'person:11', origin: 'inbox' },
          ada,
          clock.now,
        ),
      ).then(({ messageId }) => messageId),
    /** Ada sends a text file; nothing is sent until `poke`. */
    writeFile: (conversationId: number, text: string) =>
      inbox(async (open) => {
        const file = { plain: Buffer.from(text), name: 'a.txt', mime: 'text/plain', conversationId };
        const id = await putFile(open, parts.vault, { ...file, uploadedBy: 'person:11' });
        const message = { conversationId, text: '', files: [id], key: crypto.randomUUID() };
        return composeMessage(open, { ...message, keyOwner: 'person:11', origin: 'inbox' }, ada, clock.now);
      }).then(({ messageId }) => messageId),
    /** What an upload leaves when its message was not claimed yet. */
    handToMeta: (messageId: number) =>
      inbox(async (open) => {
        const [row] = await open.sql.select().from(outbox).where(eq(outbox.id, messageId));
        const bytes = Buffer.from('Already there');
        const file = { phoneNumberId: PHONE_NUMBER_ID, bytes, mime: 'text/plain', from: 'business' } as const;
        const atMeta = { mediaId: simulator.media.add(file), mediaExpiresAt: clock.now + KEPT_AT_META_MS };
        await open.write('full', [
          open.sql
            .update(files)
            .set(atMeta)
            .where(eq(files.id, row?.fileId ?? 0)),
          open.sql.update(outbox).set({ fileId: null }).where(eq(outbox.id, messageId)),
        ]);
      }),
    message: (id: number) =>
      inbox(({ sql: db }) => one(db.select().from(messages).where(eq(messages.id, id)))),
    /** As intake moves a message when a status comes. */
    setStatus: (id: number, status: MessageStatus) =>
      inbox((open) =>
        open.write('normal', [
          open.sql
            .update(messages)
            .set({ status, statusRank: statusRank(status) })
            .where(eq(messages.id, id)),
        ]),
      ),
    /** The customer shares a BSUID alone. */
    forgetPhone: (contactId: number, bsuid: string) =>
      inbox((open) =>
        open.write('normal', [
          open.sql
            .update(identities)
            .set({ kind: 'bsuid', value: bsuid, asReceived: bsuid })
            .where(eq(identities.contactId, contactId)),
        ]),
      ),
    waiting: (id: number) =>
      inbox(({ sql: db }) => one(db.select().from(conversations).where(eq(conversations.id, id)))).then(
        ({ waitingSince }) => waitingSince,
      ),
    outbox: () => inbox(({ sql: db }) => db.select().from(outbox)),
    attempts: () => inbox(({ sql: db }) => db.select().from(attempts)),
    number: () => inbox(({ sql: db }) => one(db.select().from(numbers).where(eq(numbers.id, NUMBER)))),
    /** Resolves when the message stands so; woken by the live updates, with nothing polled. */
    async until(messageId: number, status: string): Promise<void> {
      await screens.until(async () => (await shop.message(messageId)).status === status);
    },
    untilSo: (holds: () => Promise<boolean>) => screens.until(holds),
    /** What a crash does: nobody waits for anything, and the next process opens the account anew. */
    async crash(): Promise<void> {
      await inbox(intakeIdle);
      await parts.accounts.closeAll();
      parts.accounts = openAccounts();
      crashed.push(delivery);
      delivery = createDelivery(() => parts);
    },
    /** A new token, as connecting the number anew brings it. */
    async resume(token: string): Promise<void> {
      simulator.trouble.renewToken(PHONE_NUMBER_ID, token);
      const mended = { state: 'live' as const, pausedFor: null };
      await inbox((open) =>
        open.write('full', [
          open.sql.update(numbers).set({ ...mended, token: sealToken(open, NUMBER, token) }),
        ]),
      );
    },
    async close() {
      await simulator.stop();
      await delivery.stop(2_000);
      // Of a process that is gone no timer would ring.
      await Promise.all(crashed.map((one) => one.stop(0)));
      await inbox(intakeIdle);
      await parts.accounts.closeAll();
      await storage.close();
    },
  };
  return shop;
}

export type SendingShop = Awaited<ReturnType<typeof openSendingShop>>;

/** The customer wants no messages. */
export function optOut(inbox: Inbox, contactId: number): Statement {
  return inbox.sql.insert(consents).values({
    id: inbox.nextId(),
    contactId,
    purpose: SERVICE_PURPOSE,
    state: 'withdrawn',
    source: 'test',
    at: NOON,
  });
}

async function openAccount({ accounts, control }: DeliveryParts): Promise<void> {
  await control.write('full', [
    control.sql.insert(accountRows).values({
      id: ACCOUNT,
      name: 'Front desk',
      businessName: 'Front desk',
      timeZone: 'UTC',
      state: 'active',
      stateAt: NOON,
      createdAt: NOON,
    }),
  ]);
  await accounts.create(ACCOUNT);
  await accounts.use(ACCOUNT, async (inbox) => {
    await inbox.write('normal', [
      inbox.sql.insert(roles).values({ id: 1, key: 'agent', name: 'Agent', permissions: '' }),
      inbox.sql.insert(members).values([
        { userId: 11, name: 'Ada', roleId: 1, joinedAt: NOON },
        { userId: 12, name: 'Bo', roleId: 1, joinedAt: NOON },
      ]),
      inbox.sql.insert(numbers).values({
        id: NUMBER,
        phoneNumberId: PHONE_NUMBER_ID,
        wabaId: '102290129340398',
        displayPhone: '+1 555 078 3881',
        name: 'Front desk',
        token: sealToken(inbox, NUMBER, 'a-token-that-works'),
        state: 'live',
        connectedAt: NOON,
      }),
    ]);
  });
}

/** Stands for the screens: whoever waits looks again whenever something was published. */
function createScreens() {
  const published: LiveChange[] = [];
  const looks = new Set<() => void>();
  const live = {
    async publish(_: unknown, changes: readonly LiveChange[]) {
      published.push(...changes);
      for (const look of [...looks]) {
        look();
      }
    },
  };
  return {
    live: live as DeliveryParts['live'],
    published,
    async until(holds: () => Promise<boolean>): Promise<void> {
      for (;;) {
        const news = Promise.withResolvers<void>();
        looks.add(news.resolve);
        if (await holds()) {
          looks.delete(news.resolve);
          return;
        }
        await news.promise;
        looks.delete(news.resolve);
      }
    },
  };
}

async function one<T>(rows: PromiseLike<T[]>): Promise<T> {
  const [row] = await rows;
  if (row === undefined) {
    throw new Error('no such row');
  }
  return row;
}
