import { refuseHalfFolder } from './accounts/account-folders.ts';
import { createOpenAccounts, type OpenAccounts } from './accounts/open-accounts.ts';
import { createFetching, type Fetching } from './attachments/fetch.ts';
import { recoverFetches } from './attachments/fetch-recover.ts';
import { createThumbnails, type Thumbnails } from './attachments/thumbnail/thumbnails.ts';
import { createLocalStore } from './attachments/vault/local-store.ts';
import { createS3Store } from './attachments/vault/s3-store.ts';
import { createVault, type Vault } from './attachments/vault/vault.ts';
import type { Config } from './config.ts';
import { type Control, openControl } from './db/control.ts';
import { makeFolder } from './db/durable-file.ts';
import { createIds, type Ids } from './db/ids.ts';
import { type Keyring, openKeyring } from './db/keyring.ts';
import { lock } from './db/lock.ts';
import { createReader, type Reader } from './db/reader/reader.ts';
import { loadRootKey } from './db/root-key.ts';
import { noteClosing } from './jobs/wakeups.ts';
import { createLive, type Live } from './live/live.ts';
import { createLog, type Logger } from './log.ts';
import { createMail, type Mail } from './mail/mail.ts';
import { createDelivery, type Delivery } from './messages/delivery.ts';
import { recoverOutbox } from './messages/outbox.ts';
import { type Counts, createCounts } from './ops/counts.ts';
import { settleLibraries } from './ops/native/libraries.ts';
import { createPickUps, type PickUps } from './ops/pick-ups.ts';
import { createWatch, type Watch } from './ops/watch.ts';
import { recoverLeaving } from './people/finish-leaving.ts';
import { createSyncing, type Syncing } from './templates/syncing.ts';
import { recoverJournal } from './webhooks/recovery.ts';
import { createWhatsApp, type WhatsApp } from './whatsapp/client.ts';

/** What the app is made of; tests replace parts of it. */
export type Services = {
  config: Config;
  control: Control;
  keyring: Keyring;
  accounts: OpenAccounts;
  /** Searches, in a thread of their own. What takes seconds needs a reader of its own, or searches wait for it. */
  reader: Reader;
  whatsapp: WhatsApp;
  live: Live;
  /** Makes small pictures out of large ones, in a process of its own. */
  thumbnails: Thumbnails;
  /** The files of messages, in the data folder or in a bucket. */
  vault: Vault;
  /** Fetches the files that customers send. */
  fetching: Fetching;
  delivery: Delivery;
  /** Reads the message templates from Meta. */
  templates: Syncing;
  mail: Mail;
  counts: Counts;
  pickUps: PickUps;
  watch: Watch;
  ids: Ids;
  /** Milliseconds since 1970; injected, so that windows, sessions and limits are tested with a clock of their own. */
  now: () => number;
  log: Logger;
  /** Set when the process is told to stop: no new claims, `/readyz` says 503. */
  phase: { draining: boolean };
  /** Where the executable has unpacked its native libraries; null in the sources. */
  libraries: string | null;
  /** Ends sends in flight (10 s of grace), sockets (1012) and databases, in this order. */
  close(): Promise<void>;
};

export type Replacements = { now?: () => number; log?: Logger; whatsapp?: WhatsApp };

const SENDS_IN_FLIGHT_MS = 10_000;

/** Opens the data folder, alone: the lock, the keys, control.db. Accounts open when they are needed. */
export async function createServices(config: Config, replacements: Replacements = {}): Promise<Services> {
  const now = replacements.now ?? Date.now;
  const log = replacements.log ?? createLog(config.logLevel);
  makeFolder(config.data);
  const held = lock(config.data);
  refuseHalfFolder(config.data);
  const libraries = settleLibraries(config.data, log);
  const keyring = openKeyring(config.data, loadRootKey(config.data, config.key));
  const ids = createIds(now);
  const control = await openControl(config.data, keyring, ids, log);

  const services: Services = {
    config,
    control,
    keyring,
    ids,
    now,
    log,
    counts: createCounts(),
    pickUps: createPickUps({ log, now }),
    watch: createWatch({ config, log, now }, () => services),
    phase: { draining: false },
    libraries,
    accounts: createOpenAccounts({
      dataFolder: config.data,
      limit: config.openAccounts,
      control,
      keyring,
      ids,
      log,
      now,
      recover: async (inbox, wasCutOff) => {
        await recoverLeaving(inbox, control, now);
        const outbox = await recoverOutbox(inbox, now());
        await recoverFetches(inbox, now());
        const journal = await recoverJournal(services, inbox);
        services.pickUps.opened(inbox.accountId, wasCutOff, { ...outbox, ...journal });
      },
      leave: (inbox) => noteClosing(control, inbox, now()),
      lost: (accountId) => {
        services.live.endAccount(accountId);
        return services.reader.letGo(accountId);
      },
      libraries,
    }),
    reader: createReader({
      dataFolder: config.data,
      libraries,
      accounts: {
        pin: (accountId) => services.accounts.pin(accountId),
        use: (accountId, work) => services.accounts.use(accountId, work),
      },
    }),
    whatsapp: replacements.whatsapp ?? createWhatsApp({ ...config, log }),
    live: createLive({ log, now }),
    thumbnails: createThumbnails({ libraries, libvips: config.libvips, log, now }),
    fetching: createFetching(() => services),
    vault: createVault(config.s3 ? createS3Store(config.s3) : createLocalStore(config.data)),
    delivery: createDelivery(() => services),
    templates: createSyncing(() => services),
    mail: createMail({ config, control, keyring, now, log, isDraining: () => services.phase.draining }),
    async close() {
      services.phase.draining = true;
      await services.watch.stop();
      await services.fetching.stop();
      await services.templates.stop();
      await services.delivery.stop(SENDS_IN_FLIGHT_MS);
      await services.mail.stop();
      await services.live.drain();
      await services.reader.stop();
      await services.thumbnails.stop();
      await services.accounts.closeAll();
      await control.close();
      held.release();
    },
  };
  return services;
}
