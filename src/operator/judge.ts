import type { AccountFigures } from '#src/ops/account-figures.ts';
import type { Figures } from '#src/ops/figures.ts';
import type { PickUp } from '#src/ops/pick-ups.ts';
import { isLow } from '#src/ops/watchdog-disk.ts';
import { walLimits } from '#src/ops/watchdog-wal.ts';
import { type Closed, readClosed } from './closed.ts';

/** Whether somebody has to do something about it: no, soon, or now. */
export type State = 'fine' | 'look' | 'act';

/** A business in which something is, by its id and name: the operator sees no more of it. */
export type Place = { id: number; name: string; count: number };

/** One thing that can be well or not. Ages in ms, sizes in bytes, delays in seconds. */
export type Finding = { state: State } & (
  | { about: 'intake'; pending: number; age: number | null }
  | { about: 'failed' | 'paused'; count: number; places: Place[] }
  | { about: 'sends' | 'files'; waiting: number; age: number | null }
  | { about: 'unknown'; asked: number; unasked: number; places: Place[] }
  | { about: 'businesses'; count: number; open: number }
  | { about: 'closed'; closed: Closed; parked: number }
  | { about: 'more-closed'; count: number }
  | { about: 'unrouted'; count: number }
  | { about: 'memory'; rss: number; limit: number }
  | { about: 'disk'; free: number | null; total: number }
  | { about: 'wal'; largest: number; all: number }
  | { about: 'loop'; p99: number; max: number }
  | { about: 'crash'; pickUp: PickUp | null }
);

export type Section = { name: 'messages' | 'businesses' | 'server'; findings: Finding[] };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const ALMOST_FULL = 256 * 1024 * 1024;

/** What the figures mean, in the order in which a message meets it. */
export function judge(figures: Figures): Section[] {
  return [
    { name: 'messages', findings: judgeMessages(figures) },
    { name: 'businesses', findings: judgeBusinesses(figures) },
    { name: 'server', findings: judgeServer(figures) },
  ];
}

function judgeMessages({ now, open }: Figures): Finding[] {
  const since = earliest(open.map((one) => one.pendingSince));
  const age = since === null ? null : Math.max(0, now - since);
  const failed = placesOf(open, (one) => one.failed);
  const asked = placesOf(open, (one) => one.asked);
  const paused = placesOf(open, (one) => one.paused);
  return [
    {
      about: 'intake',
      state: grade(age ?? 0, 10 * SECOND, MINUTE),
      pending: sum(open.map((one) => one.pending)),
      age,
    },
    { about: 'failed', state: failed.length > 0 ? 'look' : 'fine', ...counted(failed) },
    judgeSends(open, now),
    {
      about: 'unknown',
      state: asked.length > 0 ? 'look' : 'fine',
      asked: counted(asked).count,
      unasked: sum(open.map((one) => one.unknown - one.asked)),
      places: asked,
    },
    { about: 'paused', state: paused.length > 0 ? 'act' : 'fine', ...counted(paused) },
    judgeFiles(open, now),
  ];
}

/** Each file is tried again by itself for a week; beyond some minutes there is a reason that somebody can find. */
function judgeFiles(open: Figures['open'], now: number): Finding {
  const since = earliest(open.map((one) => one.filesExpectedSince));
  const age = since === null ? null : Math.max(0, now - since);
  return {
    about: 'files',
    state: (age ?? 0) >= 10 * MINUTE ? 'look' : 'fine',
    waiting: sum(open.map((one) => one.filesExpected)),
    age,
  };
}

/** A broadcast takes its time at Meta's pace; a person's answer must not. */
function judgeSends(open: Figures['open'], now: number): Finding {
  const age = (lane: keyof AccountFigures['dueSince']) => {
    const since = earliest(open.map((one) => one.dueSince[lane]));
    return since === null ? null : Math.max(0, now - since);
  };
  const [interactive, bulk] = [age('interactive'), age('bulk')];
  return {
    about: 'sends',
    state: worst([grade(interactive ?? 0, MINUTE, 5 * MINUTE), (bulk ?? 0) >= 60 * MINUTE ? 'look' : 'fine']),
    waiting: sum(open.map(({ queued }) => queued.interactive + queued.bulk)),
    age: interactive ?? bulk,
  };
}

function judgeBusinesses({ open, control }: Figures): Finding[] {
  const { accounts, attention, attentionCount, parked, unrouted } = control;
  const closed = attention.map(
    (one): Finding => ({ about: 'closed', state: 'act', closed: readClosed(one), parked }),
  );
  const more = attentionCount - attention.length;
  const kept = accounts.filter(({ state }) => state !== 'erased');
  return [
    { about: 'businesses', state: 'fine', count: sum(kept.map((one) => one.count)), open: open.length },
    ...closed,
    ...(more > 0 ? [{ about: 'more-closed', state: 'act', count: more } as const] : []),
    ...(unrouted > 0 ? [{ about: 'unrouted', state: 'fine', count: unrouted } as const] : []),
  ];
}

function judgeServer({ now, memory, alarms, disk, wal, loop, pickUp }: Figures): Finding[] {
  const largest = Math.max(0, ...wal.map(({ bytes }) => bytes));
  return [
    { about: 'memory', state: alarms.memory ? 'look' : 'fine', rss: memory.rss, limit: memory.limit },
    disk === null
      ? { about: 'disk', state: 'look', free: null, total: 0 }
      : { about: 'disk', state: disk.free < ALMOST_FULL ? 'act' : isLow(disk) ? 'look' : 'fine', ...disk },
    {
      about: 'wal',
      state: grade(largest, walLimits.empty, walLimits.alarm),
      largest,
      all: sum(wal.map(({ bytes }) => bytes)),
    },
    { about: 'loop', state: grade(loop.p99, 0.1, 1), p99: loop.p99, max: loop.max },
    { about: 'crash', state: pickUp !== null && now - pickUp.at < DAY ? 'look' : 'fine', pickUp },
  ];
}

/** At or above the first somebody should look, above the second act. */
function grade(value: number, look: number, act: number): State {
  return value > act ? 'act' : value >= look ? 'look' : 'fine';
}

const order: readonly State[] = ['fine', 'look', 'act'];

export function worst(states: readonly State[]): State {
  return order.findLast((state) => states.includes(state)) ?? 'fine';
}

/** Where there are some, the most first. */
function placesOf(open: Figures['open'], count: (one: AccountFigures) => number): Place[] {
  return open
    .map((one) => ({ id: one.accountId, name: one.name, count: count(one) }))
    .filter((place) => place.count > 0)
    .sort((one, other) => other.count - one.count || one.id - other.id);
}

const counted = (places: Place[]) => ({ count: sum(places.map(({ count }) => count)), places });
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);

function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}
