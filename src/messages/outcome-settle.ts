import { and, count, eq, gte, inArray } from 'drizzle-orm';
import { optOutStatements, STOPPED_OFFERS } from '#src/contacts/consent-refused.ts';
import type { Commit, Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attempts, messages } from '#src/db/schema/inbox/index.ts';
import { StorageFull } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import { refusalStatements } from '#src/numbers/note-refusal.ts';
import type { Refusal, SendOutcome } from '#src/whatsapp/client.ts';
import type { Claim } from './outbox-claim.ts';
import { type Clock, decide, type Verdict } from './outcome.ts';
import { pauseStatements } from './outcome-pause.ts';
import { attemptStatement, verdictStatements } from './outcome-rows.ts';
import { statusRank } from './status.ts';

export type Outcome = { claim: Claim; outcome: SendOutcome };
export type Settled = { numberId: number; verdict: Verdict; change: LiveChange };

/** `unwritten` still stand as being sent: nothing could be written, and it has to be tried again. */
export type Settlement = { settled: Settled[]; unwritten: Outcome[]; error: unknown };

/**
 * Writes what became of these sends, fsynced, in one batch. If the batch fails it is tried in halves; a single
 * one that cannot be written as it is becomes unknown, because nobody may think that it was never sent.
 */
export async function settleOutcomes(
  inbox: Inbox,
  commit: Commit,
  outcomes: readonly Outcome[],
  clock: Clock,
): Promise<Settlement> {
  const facts = await readFacts(inbox, outcomes);
  const decided = outcomes.map((one) => ({ ...one, verdict: decideOne(one, facts, clock) }));
  return writeInHalves(inbox, commit, decided, { now: clock.now, settled: facts.settled });
}

type Decided = Outcome & { verdict: Verdict };
type Facts = { settled: ReadonlySet<number>; refusals: ReadonlyMap<string, number> };

function decideOne({ claim, outcome }: Outcome, { refusals }: Facts, { now, random }: Clock): Verdict {
  const code = outcome.kind === 'refused' ? outcome.error.code : null;
  const { row, files } = claim;
  return decide(outcome, { now, random, refusals: refusals.get(`${row.id} ${code}`) ?? 0, files });
}

async function readFacts({ sql: db }: Inbox, outcomes: readonly Outcome[]): Promise<Facts> {
  const ids = outcomes.map(({ claim }) => claim.row.id);
  const settled = await db
    .select({ id: messages.id })
    .from(messages)
    .where(and(inArray(messages.id, ids), gte(messages.statusRank, statusRank('accepted'))));
  const refused = await db
    .select({ id: attempts.subjectId, code: attempts.errorCode, times: count() })
    .from(attempts)
    .where(and(inArray(attempts.subjectId, ids), eq(attempts.outcome, 'refused')))
    .groupBy(attempts.subjectId, attempts.errorCode);
  return {
    settled: new Set(settled.map(({ id }) => id)),
    refusals: new Map(refused.map(({ id, code, times }) => [`${id} ${code}`, times])),
  };
}

type State = { now: number; settled: ReadonlySet<number> };

async function writeInHalves(
  inbox: Inbox,
  commit: Commit,
  decided: readonly Decided[],
  state: State,
): Promise<Settlement> {
  try {
    await commit('full', [
      ...decided.flatMap((one) => statementsOf(inbox, one, state)),
      ...pauseStatements(inbox, decided, state.now),
    ]);
    return { settled: decided.map(toSettled), unwritten: [], error: null };
  } catch (error) {
    const [only] = decided;
    if (decided.length > 1 && !(error instanceof StorageFull)) {
      const middle = Math.ceil(decided.length / 2);
      const first = await writeInHalves(inbox, commit, decided.slice(0, middle), state);
      return both(first, await writeInHalves(inbox, commit, decided.slice(middle), state));
    } else if (only && only.verdict.to !== 'unknown' && !(error instanceof StorageFull)) {
      return writeInHalves(inbox, commit, [asUnknown(only)], state);
    } else {
      return { settled: [], unwritten: [...decided], error };
    }
  }
}

function both(first: Settlement, second: Settlement): Settlement {
  return {
    settled: [...first.settled, ...second.settled],
    unwritten: [...first.unwritten, ...second.unwritten],
    error: first.error ?? second.error,
  };
}

function asUnknown({ claim }: Decided): Decided {
  const why = 'the outcome could not be written';
  return { claim, outcome: { kind: 'unknown', why }, verdict: { to: 'unknown' } };
}

function statementsOf(
  inbox: Inbox,
  { claim, outcome, verdict }: Decided,
  { now, settled }: State,
): Statement[] {
  return [
    attemptStatement(inbox, claim.row, outcome, now),
    ...verdictStatements(inbox, claim.row, verdict, settled.has(claim.row.id)),
    ...(isOptOut(verdict) ? optOutStatements(refusedOffer(inbox, claim), now) : []),
    ...(outcome.kind === 'refused' ? tellAdmin(inbox, claim, outcome, now) : []),
  ];
}

const isOptOut = (verdict: Verdict) => verdict.to === 'failed' && verdict.error.code === STOPPED_OFFERS;

const refusedOffer = (inbox: Inbox, { row }: Decided['claim']) => ({
  id: inbox.nextId(),
  messageId: row.id,
  conversationId: row.conversationId,
});

/** What pauses nothing is seen only by whoever wrote the message, unless it is told. */
function tellAdmin(inbox: Inbox, { row, sender }: Claim, refusal: Refusal, now: number): Statement[] {
  const number = { id: row.numberId, wabaId: sender.wabaId };
  return refusal.class === 'A' && refusal.scope === 'message'
    ? refusalStatements(number, refusal.error.code, { id: inbox.nextId(), at: now })
    : [];
}

function toSettled({ claim, verdict }: Decided): Settled {
  const { conversationId, numberId } = claim.row;
  return { numberId, verdict, change: { conversationId, messages: [claim.shownId] } };
}
