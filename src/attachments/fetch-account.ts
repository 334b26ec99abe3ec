import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { accounts as accountRows } from '#src/db/schema/control.ts';
import { AccountUnavailable } from '#src/errors.ts';
import { createAlarm } from '#src/messages/delivery-alarm.ts';
import { createRounds } from '#src/messages/delivery-rounds.ts';
import type { Services } from '#src/services.ts';
import { steady } from '#src/steady.ts';
import { claimFetches, type FetchClaim, nextFetch, setFetchesBack } from './fetch-due.ts';
import { settleFetch } from './fetch-settle.ts';
import { type TryParts, tryToFetch } from './fetch-try.ts';
import { type FetchOutcome, judge } from './fetch-verdict.ts';
import { makeThumbnail, picturesToLookAt, type ThumbnailParts } from './make-thumbnail.ts';

export type FetchParts = TryParts &
  ThumbnailParts &
  Pick<Services, 'accounts' | 'control' | 'counts' | 'now' | 'phase'>;

/** The address that came with a webhook, and when. It holds for five minutes. */
export type Hint = { fileId: number; url: string; at: number };

/** Fetches the files that one account expects, and looks at its pictures. */
export type AccountFetching = {
  poke(hints?: readonly Hint[]): void;
  /** Resolves when nothing is on its way and nothing more can be done now. */
  idle(): Promise<void>;
  /** Breaks off what is on its way; it is fetched again at the next start. */
  stop(): Promise<void>;
};

const MOST_AT_ONCE = 3;
const AFTER_TROUBLE_MS = 30_000;
/** How long a token that Meta refused is not tried with the other files, and pictures wait that cannot be read now. */
const REST_MS = 5 * 60_000;
const HINT_HOLDS_MS = 4 * 60_000;
const PICTURES_AT_ONCE = 20;

export function createAccountFetching(parts: FetchParts, accountId: number): AccountFetching {
  const { accounts, control, counts, live, log, now, phase } = parts;
  const underWay = new Map<number, Promise<void>>();
  const hints = new Map<number, Hint>();
  const refusedTokens = new Map<number, { token: string; until: number }>();
  /** Pictures that failed, for the moment. */
  const putOff = new Set<number>();
  const stopping = new AbortController();
  const span = steady(now);
  const rounds = createRounds(look, (error) => {
    noteTrouble(error, 'looking for files to be fetched failed');
    alarm.setFor(now() + AFTER_TROUBLE_MS);
  });
  const alarm = createAlarm(now, rounds.ask);
  const pictures = createRounds(lookAtPictures, (error) => {
    noteTrouble(error, 'looking at pictures failed');
    pictureAlarm.setFor(now() + AFTER_TROUBLE_MS);
  });
  const pictureAlarm = createAlarm(now, () => {
    putOff.clear();
    pictures.ask();
  });
  let lookedAt: number | null = null;

  async function look(): Promise<void> {
    if (phase.draining || !(await mayReceive())) {
      return;
    }
    await accounts.use(accountId, async (inbox) => {
      const at = now();
      if (lookedAt === null) {
        // A crash may have left some that nobody has looked at yet.
        pictures.ask();
      }
      await followClock(inbox, at);
      const room = MOST_AT_ONCE - underWay.size;
      const order = { now: at, limit: room, underWay: new Set(underWay.keys()) };
      for (const claim of room > 0 ? await claimFetches(inbox, order) : []) {
        track(claim);
      }
      alarm.setFor(await nextFetch(inbox, at));
    });
  }

  /** A cancelled account takes nothing in any more. */
  async function mayReceive(): Promise<boolean> {
    const [account] = await control.sql
      .select({ state: accountRows.state })
      .from(accountRows)
      .where(eq(accountRows.id, accountId))
      .limit(1);
    return account?.state === 'active' || account?.state === 'suspended';
  }

  async function followClock(inbox: Inbox, at: number): Promise<void> {
    const back = Math.max(0, (lookedAt ?? 0) - at);
    if (back > 0) {
      await inbox.write('normal', [setFetchesBack(inbox, back, at)]);
    }
    lookedAt = at;
  }

  function track(claim: FetchClaim): void {
    const tracked = accounts
      .use(accountId, (inbox) => fetchOne(inbox, claim))
      // It stays marked as being fetched, and is due again after a while.
      .catch((error) => noteTrouble(error, 'what became of a file could not be written'))
      .finally(() => {
        underWay.delete(claim.fileId);
        rounds.ask();
      });
    underWay.set(claim.fileId, tracked);
  }

  async function fetchOne(inbox: Inbox, claim: FetchClaim): Promise<void> {
    const outcome = await tryOnce(inbox, claim);
    counts.fetches[outcome.kind] += 1;
    noteToken(claim, outcome);
    const verdict = judge(outcome, { ...claim, now: now(), random: Math.random });
    const changes = await settleFetch(parts, inbox, claim, verdict);
    await live.publish(inbox, changes);
    if (verdict.to === 'stored') {
      pictures.ask();
    }
  }

  async function tryOnce(inbox: Inbox, claim: FetchClaim): Promise<FetchOutcome> {
    const hint = hints.get(claim.fileId);
    hints.delete(claim.fileId);
    const holds = hint !== undefined && now() - hint.at < HINT_HOLDS_MS;
    try {
      return await tryToFetch(
        parts,
        inbox,
        { ...claim, sending: unlessRefused(claim) },
        { hint: holds ? hint.url : null, signal: stopping.signal },
      );
    } catch (error) {
      log.error(
        { account: accountId, file: claim.fileId, err: error },
        'fetching a file failed in an unexpected way',
      );
      return { kind: 'unreachable', why: 'unexpected', retryAfterMs: null };
    }
  }

  /** A token that Meta has just refused is not tried with every file. */
  function unlessRefused({ numberId, sending }: FetchClaim): FetchClaim['sending'] {
    const refused = refusedTokens.get(numberId);
    const isRefused = refused !== undefined && refused.token === sending?.token && span() < refused.until;
    return isRefused ? null : sending;
  }

  function noteToken({ numberId, sending }: FetchClaim, outcome: FetchOutcome): void {
    if (sending !== null && outcome.kind === 'turned-down' && outcome.refusal.class === 'A') {
      refusedTokens.set(numberId, { token: sending.token, until: span() + REST_MS });
    } else if (outcome.kind !== 'no-token') {
      refusedTokens.delete(numberId);
    }
  }

  async function lookAtPictures(): Promise<void> {
    if (phase.draining) {
      return;
    }
    await accounts.use(accountId, async (inbox) => {
      const found = await picturesToLookAt(inbox, PICTURES_AT_ONCE + putOff.size);
      const fileIds = found.filter((fileId) => !putOff.has(fileId)).slice(0, PICTURES_AT_ONCE);
      for (const fileId of fileIds) {
        if (phase.draining || !(await lookAt(inbox, fileId))) {
          return;
        }
      }
      if (fileIds.length > 0) {
        pictures.ask();
      }
    });
  }

  /** One that fails does not keep the others. Resolves to whether they are worth a try: not when none can be made now. */
  async function lookAt(inbox: Inbox, fileId: number): Promise<boolean> {
    const result = await makeThumbnail(parts, inbox, fileId).catch((error) => {
      log.error({ account: accountId, file: fileId, err: error }, 'looking at a picture failed');
      putOff.add(fileId);
      return 'failed';
    });
    if (result === 'later' || result === 'failed') {
      pictureAlarm.setFor(now() + REST_MS);
    }
    return result !== 'later';
  }

  /** What makes an account unavailable was logged where it was noticed. */
  function noteTrouble(error: unknown, what: string): void {
    if (!(error instanceof AccountUnavailable)) {
      log.error({ account: accountId, err: error }, what);
    }
  }

  async function idle(): Promise<void> {
    do {
      await Promise.all([rounds.idle(), pictures.idle(), ...underWay.values()]);
    } while (rounds.isBusy() || pictures.isBusy() || underWay.size > 0);
  }

  return {
    poke(more = []) {
      for (const hint of more) {
        hints.set(hint.fileId, hint);
      }
      for (const [fileId, { at }] of hints) {
        if (now() - at >= HINT_HOLDS_MS) {
          hints.delete(fileId);
        }
      }
      rounds.ask();
    },
    idle,
    async stop() {
      alarm.cancel();
      pictureAlarm.cancel();
      rounds.stop();
      pictures.stop();
      stopping.abort();
      await idle();
    },
  };
}
