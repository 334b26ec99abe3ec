import { DrizzleQueryError, isNotNull } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Control } from '#src/db/control.ts';
import { isDamage } from '#src/db/damage.ts';
import { makeFolder } from '#src/db/durable-file.ts';
import type { Ids } from '#src/db/ids.ts';
import { accountFolder, type Inbox, inboxPath, openInbox } from '#src/db/inbox.ts';
import type { Keyring } from '#src/db/keyring.ts';
import { accounts } from '#src/db/schema/control.ts';
import { AccountUnavailable } from '#src/errors.ts';
import { steady } from '#src/steady.ts';
import { createAccountCheck, damaged } from './account-check.ts';
import { note, noteTrouble, type Past, readPast, refuseWithoutFile } from './account-row.ts';

/** An account that failed to open is tried again no sooner, whatever storm of webhooks asks for it. */
const RETRY_AFTER_MS = 5_000;
const IDLE_MS = 10 * 60_000;
/** Closing frees handles and memory only after a collection and a turn of the event loop. */
const CLOSES_PER_COLLECTION = 20;
/** When the program has ended so often in a row soon after opening an account, that is looked through first. */
const MOST_UNCLEAN_ENDS = 3;

/** The limited set of open account databases. */
export type OpenAccounts = {
  /** Opens the account if need be and keeps it open while `work` runs. Throws `AccountUnavailable`. */
  use<T>(accountId: number, work: (inbox: Inbox) => Promise<T>): Promise<T>;
  /** Keeps it open until `release`: for sockets and long work. */
  pin(accountId: number): Promise<{ inbox: Inbox; release(): void }>;
  /** Opens, one after the other, what was open when the process ended without closing it. Gives how many could not be. */
  reopenInterrupted(): Promise<number>;
  /**
   * Runs `work` if the account is open already, and gives null otherwise. For whoever only looks on: it counts as no
   * use, so that it never keeps an account open.
   */
  peek<T>(accountId: number, work: (inbox: Inbox) => Promise<T>): Promise<T | null>;
  /** Makes a new account's key, folder and database. */
  create(accountId: number): Promise<void>;
  openNow(): number[];
  closeIdle(): Promise<void>;
  closeAll(): Promise<void>;
};

export type OpenAccountsOptions = {
  dataFolder: string;
  limit: number;
  control: Control;
  keyring: Keyring;
  ids: Ids;
  log: Logger;
  now: () => number;
  /**
   * Runs after an account was opened and before anybody else gets it: repairs what a crash left. `wasCutOff`: it was
   * open when the process ended before.
   */
  recover: (inbox: Inbox, wasCutOff: boolean) => Promise<unknown>;
  /** Runs before an account is closed in good order: notes when it has something to do next. */
  leave: (inbox: Inbox) => Promise<void>;
  /** Its database was found damaged: resolves when nobody else has it open any more. Then it is closed. */
  lost?: (accountId: number) => Promise<void>;
  /** Where the executable has unpacked its libraries; null in the sources. */
  libraries?: string | null;
};

/** What drizzle says of a statement that failed quotes every value in it: that is for nobody's eyes and no log. */
const withoutValues = (cause: unknown) => (cause instanceof DrizzleQueryError ? cause.cause : cause);

type Entry = {
  opening: Promise<Inbox>;
  /** Null until it is open. */
  inbox: Inbox | null;
  pins: number;
  usedAt: number;
  /** What everybody gets who still has it, once it was found damaged. */
  lost: AccountUnavailable | null;
};

export function createOpenAccounts(options: OpenAccountsOptions): OpenAccounts {
  const { dataFolder, limit, control, keyring, ids, log, now, libraries = null } = options;
  const check = createAccountCheck({ dataFolder, keyring, libraries });
  const entries = new Map<number, Entry>();
  const closing = new Map<number, Promise<void>>();
  const failures = new Map<number, { at: number; error: AccountUnavailable }>();
  const span = steady(now);
  let closes = 0;

  async function open(accountId: number): Promise<Inbox> {
    await closing.get(accountId);
    const failure = failures.get(accountId);
    if (failure && span() - failure.at < RETRY_AFTER_MS) {
      throw failure.error;
    }
    let past: Past | null = null;
    let inbox: Inbox | null = null;
    try {
      past = await readPast(control, accountId, now());
      refuseWithoutFile(dataFolder, accountId, past);
      if (past.uncleanEnds >= MOST_UNCLEAN_ENDS) {
        await check.mustBeSound(accountId);
        past.uncleanEnds = 0;
      }
      await note(control, accountId, { openSince: now(), uncleanEnds: past.uncleanEnds });
      inbox = await openInbox(dataFolder, accountId, keyring, ids, log);
      await options.recover(inbox, past.wasCutOff);
      await note(control, accountId, { schemaVersion: inbox.schemaVersion, needsAttention: null });
      failures.delete(accountId);
      return inbox;
    } catch (cause) {
      await inbox?.close();
      const why = isDamage(cause) ? damaged(inboxPath(dataFolder, accountId), cause) : withoutValues(cause);
      const error = fail(accountId, why);
      log.error({ account: accountId, err: cause }, 'an account cannot be opened');
      // What makes it suspect stays: else the next try would open it unchecked.
      const trouble = { needsAttention: error.message, ...(past && { uncleanEnds: past.uncleanEnds }) };
      await noteTrouble(control, accountId, trouble, past?.wasCutOff ? now() : null);
      throw error;
    }
  }

  function fail(accountId: number, why: unknown): AccountUnavailable {
    const error = new AccountUnavailable(accountId, why);
    failures.set(accountId, { at: span(), error });
    return error;
  }

  /**
   * Damage was met while it was open. It is closed at once, since somebody may be about to put a copy in its place,
   * and opened again only after it was found sound.
   */
  function lose(accountId: number, entry: Entry, inbox: Inbox, cause: unknown): AccountUnavailable {
    const error = fail(accountId, damaged(inboxPath(dataFolder, accountId), withoutValues(cause)));
    entry.lost = error;
    entries.delete(accountId);
    log.error({ account: accountId, err: cause }, 'the database of an account is damaged');
    const lost = { needsAttention: error.message, uncleanEnds: MOST_UNCLEAN_ENDS };
    const closed = Promise.resolve(options.lost?.(accountId))
      .then(() => inbox.close())
      .then(() => noteTrouble(control, accountId, lost, now()))
      .catch((err) => log.error({ account: accountId, err }, 'a damaged account was not closed cleanly'))
      .finally(() => closing.delete(accountId));
    closing.set(accountId, closed);
    return error;
  }

  function enter(accountId: number): Entry {
    const known = entries.get(accountId);
    if (known) {
      return known;
    }
    const entry: Entry = { opening: open(accountId), inbox: null, pins: 0, usedAt: span(), lost: null };
    entries.set(accountId, entry);
    entry.opening.then(
      (inbox) => {
        entry.inbox = inbox;
        evictBeyondLimit();
      },
      () => entries.delete(accountId),
    );
    return entry;
  }

  async function hold(accountId: number): Promise<{ entry: Entry; inbox: Inbox; release(): void }> {
    const entry = enter(accountId);
    entry.pins += 1;
    let released = false;
    const release = () => {
      if (!released) {
        released = true;
        entry.pins -= 1;
        entry.usedAt = span();
      }
    };
    try {
      return { entry, inbox: await entry.opening, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  function evictBeyondLimit(): void {
    const idle = [...entries]
      .filter(([, entry]) => entry.pins === 0)
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const [accountId] of idle.slice(0, Math.max(0, entries.size - limit))) {
      void close(accountId);
    }
  }

  /** Never throws: what one account cannot do must not keep the others from being closed. */
  function close(accountId: number): Promise<void> {
    const entry = entries.get(accountId);
    if (!entry) {
      return closing.get(accountId) ?? Promise.resolve();
    }
    entries.delete(accountId);
    const notClosed = (err: unknown) =>
      log.error({ account: accountId, err }, 'an account was not closed cleanly');
    const closed = entry.opening
      .then(
        async (inbox) => {
          const hasLeft = await options.leave(inbox).then(() => true, notClosed);
          await inbox.close();
          await (hasLeft
            ? note(control, accountId, { openSince: null, uncleanEnds: 0 })
            : noteTrouble(control, accountId, { uncleanEnds: 0 }, now()));
        },
        () => {},
      )
      .catch(notClosed)
      .finally(() => {
        closing.delete(accountId);
        collectSometimes();
      });
    closing.set(accountId, closed);
    return closed;
  }

  function collectSometimes(): void {
    closes += 1;
    if (closes % CLOSES_PER_COLLECTION === 0) {
      setTimeout(() => Bun.gc(true), 0);
    }
  }

  return {
    pin: hold,
    async use(accountId, work) {
      const { entry, inbox, release } = await hold(accountId);
      try {
        return await work(inbox);
      } catch (error) {
        throw entry.lost ?? (isDamage(error) ? lose(accountId, entry, inbox, error) : error);
      } finally {
        release();
      }
    },
    async create(accountId) {
      keyring.add(String(accountId));
      makeFolder(accountFolder(dataFolder, accountId));
      await hold(accountId).then(({ release }) => release());
    },
    async reopenInterrupted() {
      const left = await control.sql.select().from(accounts).where(isNotNull(accounts.openSince));
      let failed = 0;
      for (const { id } of left) {
        await hold(id).then(
          ({ release }) => release(),
          () => {
            failed += 1;
          },
        );
      }
      return failed;
    },
    async peek(accountId, work) {
      const entry = entries.get(accountId);
      if (!entry?.inbox) {
        return null;
      }
      entry.pins += 1;
      try {
        return await work(entry.inbox);
      } finally {
        entry.pins -= 1;
      }
    },
    openNow: () => [...entries.keys()],
    async closeIdle() {
      const old = [...entries].filter(([, entry]) => entry.pins === 0 && span() - entry.usedAt > IDLE_MS);
      await Promise.all(old.map(([accountId]) => close(accountId)));
    },
    async closeAll() {
      check.stop();
      await Promise.all([...entries.keys()].map(close));
      await Promise.all(closing.values());
    },
  };
}
