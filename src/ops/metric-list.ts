import { lanes } from '#src/db/schema/inbox/index.ts';
import type { Lane } from './account-figures.ts';
import type { Counts } from './counts.ts';
import type { Figures } from './figures.ts';
import { cumulate } from './histogram.ts';
import { counter, gauge, histogram, type Labels, type Metric } from './metric.ts';

/** No label names an account, a person or an address: the number of series is the same however large the install. */
export function listMetrics(figures: Figures, counts: Counts, build: Labels): Metric[] {
  return [
    ...listArrivals(figures, counts),
    ...listSends(figures, counts),
    ...listFiles(figures, counts),
    ...listAccounts(figures),
    ...listProcess(figures, build),
    ...listRequests(figures, counts),
  ];
}

function listArrivals({ now, open, control }: Figures, { webhooks, changes, intake }: Counts): Metric[] {
  const since = earliest(open.map(({ pendingSince }) => pendingSince));
  return [
    counter('webhooks_total', 'Webhooks by the status they were answered with.', [
      ...[...webhooks].map(([status, value]) => ({ labels: { answer: String(status) }, value })),
    ]),
    counter(
      'changes_total',
      'Changes in webhooks by where they were kept; repeated ones count again.',
      Object.entries(changes).map(([kept, value]) => ({ labels: { kept }, value })),
    ),
    gauge(
      'ingest_oldest_pending_seconds',
      'Age of the oldest change that was not taken in yet; 0 when none waits.',
      age(now, since),
    ),
    gauge(
      'ingest_pending_changes',
      'Changes that were not taken in yet, in open accounts; counted up to 2,000 for each.',
      sum(open.map((one) => one.pending)),
    ),
    gauge(
      'ingest_failed_changes',
      'Changes that could not be taken in and wait for a replay, in open accounts.',
      sum(open.map((one) => one.failed)),
    ),
    gauge('parked_changes', 'Changes kept for accounts that cannot be opened.', control.parked),
    gauge('unrouted_changes', 'Changes kept for numbers that nobody has connected.', control.unrouted),
    histogram('ingest_lag_seconds', 'From the arrival of a change until it was taken in.', intake.lag),
    histogram('intake_run_seconds', 'How long a run of the intake took.', intake.duration),
    histogram('intake_run_changes', 'How many changes a run of the intake took in.', intake.size),
  ];
}

function listSends({ now, open }: Figures, { sends }: Counts): Metric[] {
  const byLane = (read: (lane: Lane) => number) =>
    lanes.map((lane) => ({ labels: { lane }, value: read(lane) }));
  return [
    counter(
      'sends_total',
      'Tries to send, by how they ended.',
      Object.entries(sends).map(([kind, value]) => ({ labels: { outcome: kind.replace('-', '_') }, value })),
    ),
    gauge(
      'outbox_messages',
      'Messages that wait to be sent, in open accounts; counted up to 2,000 for each number.',
      byLane((lane) => sum(open.map((one) => one.queued[lane]))),
    ),
    gauge(
      'outbox_oldest_due_seconds',
      'How long the longest overdue message of a working number has been waiting; 0 when none is overdue.',
      byLane((lane) => age(now, earliest(open.map((one) => one.dueSince[lane])))),
    ),
    gauge(
      'unknown_sends',
      'Sends whose outcome is not known, in open accounts.',
      sum(open.map((one) => one.unknown)),
    ),
    gauge(
      'unknown_sends_asked',
      'Those of them that a person has to decide about.',
      sum(open.map((one) => one.asked)),
    ),
    gauge(
      'paused_numbers',
      'Numbers that do not send until somebody has settled why.',
      sum(open.map((one) => one.paused)),
    ),
  ];
}

function listFiles({ now, open }: Figures, { fetches }: Counts): Metric[] {
  return [
    counter(
      'fetches_total',
      'Tries to fetch the file of a customer, by how they ended.',
      Object.entries(fetches).map(([kind, value]) => ({
        labels: { outcome: kind.replace('-', '_') },
        value,
      })),
    ),
    gauge(
      'expected_files',
      'Files of customers that are not here yet, in open accounts; counted up to 2,000 for each.',
      sum(open.map((one) => one.filesExpected)),
    ),
    gauge(
      'expected_files_oldest_seconds',
      'How long the first of them has been waiting; 0 when none waits.',
      age(now, earliest(open.map((one) => one.filesExpectedSince))),
    ),
  ];
}

function listAccounts({ open, control, wal }: Figures): Metric[] {
  const ofControl = sum(wal.filter(({ accountId }) => accountId === null).map(({ bytes }) => bytes));
  const ofAccounts = wal.filter(({ accountId }) => accountId !== null).map(({ bytes }) => bytes);
  return [
    gauge(
      'accounts',
      'Accounts by their state.',
      control.accounts.map(({ state, count }) => ({ labels: { state }, value: count })),
    ),
    gauge('accounts_open', 'Accounts whose database is open.', open.length),
    gauge('accounts_needing_attention', 'Accounts that could not be opened.', control.attentionCount),
    gauge('wal_bytes', 'Size of the write-ahead logs of open databases.', [
      { labels: { of: 'control' }, value: ofControl },
      { labels: { of: 'accounts' }, value: sum(ofAccounts) },
    ]),
    gauge('wal_largest_bytes', 'Size of the largest of them.', Math.max(ofControl, ...ofAccounts)),
  ];
}

function listProcess(figures: Figures, build: Labels): Metric[] {
  const { memory, disk, loop, openFiles, alarms } = figures;
  return [
    gauge('build_info', 'Always 1; the labels say what runs.', [{ labels: build, value: 1 }]),
    gauge('uptime_seconds', 'Since the process has started.', figures.uptimeSeconds),
    counter('cpu_seconds_total', 'Processor time of the process.', figures.cpuSeconds),
    gauge('resident_memory_bytes', 'Memory of the process.', memory.rss),
    gauge('heap_used_bytes', 'Memory in use by JavaScript.', memory.heapUsed),
    gauge('memory_limit_bytes', 'Resident memory from which on it warns.', memory.limit),
    ...(openFiles === null
      ? []
      : [gauge('open_files', 'Files, sockets and pipes that are open.', openFiles)]),
    ...(disk === null
      ? []
      : [
          gauge('disk_free_bytes', 'What is left of the disk of the data folder.', disk.free),
          gauge('disk_bytes', 'The size of that disk.', disk.total),
        ]),
    gauge('event_loop_delay_seconds', 'How late the event loop was, in the last half minute or minute.', [
      { labels: { quantile: '0.5' }, value: loop.p50 },
      { labels: { quantile: '0.99' }, value: loop.p99 },
      { labels: { quantile: '1' }, value: loop.max },
    ]),
    gauge(
      'alarm',
      '1 while a watchdog finds something wrong.',
      Object.entries(alarms).map(([alarm, is]) => ({ labels: { alarm }, value: is ? 1 : 0 })),
    ),
  ];
}

function listRequests({ live }: Figures, { requests }: Counts): Metric[] {
  const all = [...requests.values()];
  return [
    gauge('live_sockets', 'Open tabs that are told what changes.', live.sockets),
    counter('live_pushes_total', 'What they were told.', live.pushes),
    counter(
      'http_requests_total',
      'Answered requests.',
      all.flatMap(({ method, route, classes }) =>
        [...classes].map(([status, value]) => ({ labels: { method, route, status: `${status}xx` }, value })),
      ),
    ),
    {
      type: 'histogram',
      name: 'http_request_seconds',
      help: 'How long requests took.',
      samples: all.map(({ method, route, seconds }) => ({
        labels: { method, route },
        value: cumulate(seconds),
      })),
    },
  ];
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const age = (now: number, since: number | null) => (since === null ? 0 : Math.max(0, now - since) / 1000);

function earliest(moments: readonly (number | null)[]): number | null {
  const known = moments.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}
