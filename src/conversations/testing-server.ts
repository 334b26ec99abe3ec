import { eq } from 'drizzle-orm';
import { type AnyElysia, Elysia } from 'elysia';
import { createAccount } from '#src/accounts/create-account.ts';
import { openTemporaryInstall } from '#src/accounts/temporary-install.ts';
import { createThumbnails, type Thumbnails } from '#src/attachments/thumbnail/thumbnails.ts';
import { createLocalStore } from '#src/attachments/vault/local-store.ts';
import { createVault, type Vault } from '#src/attachments/vault/vault.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { createReader, type Reader } from '#src/db/reader/reader.ts';
import { members, roles } from '#src/db/schema/inbox/index.ts';
import { edge } from '#src/http/edge.ts';
import { createLive, type Live } from '#src/live/live.ts';
import type { Delivery } from '#src/messages/delivery.ts';
import { addMember } from '#src/people/add-member.ts';
import type { Permission } from '#src/people/viewer.ts';
import { cookieName } from '#src/sessions/cookie.ts';
import { storeOf } from '#src/sessions/find-session.ts';
import { createClient } from '#src/testing/client.ts';
import { people, stranger } from '#src/testing/people.ts';
import { seedNumber } from './testing.ts';

type Install = Awaited<ReturnType<typeof openTemporaryInstall>>;
export type ShopServices = Omit<Install['services'], 'live'> & {
  reader: Reader;
  live: Live;
  vault: Vault;
  thumbnails: Thumbnails;
  delivery: Delivery;
  phase: { draining: boolean };
};

/** For tests of what answers over HTTP: a real server with the features given, Ada's account, and Bo in it. */
export async function serveShop(features: (services: ShopServices) => AnyElysia[]) {
  const install = await openTemporaryInstall();
  const { clock, createAdasAccount } = install;
  const now = () => clock.now;
  const poked: number[] = [];
  const services: ShopServices = {
    ...install.services,
    live: createLive({ log: install.services.log, now }),
    vault: createVault(createLocalStore(install.services.config.data)),
    thumbnails: createThumbnails({ libraries: null, libvips: null, log: install.services.log, now }),
    delivery: {
      poke: (accountId) => void poked.push(accountId),
      writing: () => {},
      stop: async () => {},
      idle: async () => {},
    },
    phase: { draining: false },
    reader: createReader({
      dataFolder: install.services.config.data,
      libraries: null,
      accounts: install.services.accounts,
    }),
  };
  const { accountId, userId: adaId } = await createAdasAccount();
  const boId = await addMember(services, { accountId, ...people.bo }, { kind: 'command' });
  const pinned = await services.accounts.pin(accountId);
  await pinned.inbox.write('normal', [seedNumber(pinned.inbox)]);

  const app = new Elysia({
    websocket: { idleTimeout: 60, perMessageDeflate: true, maxPayloadLength: 16 * 1024 },
  }).use(edge(services));
  for (const feature of features(services)) {
    app.use(feature);
  }
  app.listen({ hostname: '127.0.0.1', port: 0 });
  const server = app.server;
  if (!server) {
    throw new Error('nothing listens');
  }
  services.live.attach(server);
  const url = `http://127.0.0.1:${server.port}`;

  const cookieOf = async (userId: number, account = accountId) => {
    const owner = { userId, accountId: account, epoch: 0, ip: null, agent: null };
    return `${cookieName(services.config)}=${await storeOf(services).begin(owner)}`;
  };

  const openOther = async () => {
    const account = { name: 'Other shop', businessName: '', timeZone: 'UTC', owner: stranger };
    const other = await createAccount(services, account, { actor: { kind: 'command' } });
    return { accountId: other.accountId, cookie: await cookieOf(other.userId, other.accountId) };
  };

  return {
    services,
    clock,
    url,
    accountId,
    adaId,
    boId,
    inbox: pinned.inbox,
    /** Accounts whose delivery was told to look. */
    poked,
    cookieOf,
    as: async (userId: number) => createClient(url, await cookieOf(userId)),
    anonymous: createClient(url),
    /** Another account on the same install, and the cookie of its owner. */
    openOther,
    /** The owner of another account on the same install. */
    asStranger: async () => createClient(url, (await openOther()).cookie),
    /** Gives somebody a role that has just these permissions, and sees all, or only what is theirs. */
    restrict: (userId: number, permissions: readonly Permission[], reach: Reach = 'all') =>
      restrict(pinned.inbox, userId, permissions, reach),
    async close() {
      await services.live.drain();
      await server.stop(true);
      pinned.release();
      await services.reader.stop();
      await services.thumbnails.stop();
      await install.close();
    },
  };
}

type Reach = 'all' | 'own';

export type ServedShop = Awaited<ReturnType<typeof serveShop>>;

async function restrict(
  inbox: Inbox,
  userId: number,
  permissions: readonly Permission[],
  reach: Reach,
): Promise<void> {
  const id = inbox.nextId();
  const seesUnassigned = reach === 'all';
  await inbox.write('normal', [
    inbox.sql
      .insert(roles)
      .values({ id, name: 'Custom', permissions: permissions.join(' '), reach, seesUnassigned }),
    inbox.sql.update(members).set({ roleId: id }).where(eq(members.userId, userId)),
  ]);
}
