import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import { journal, messages } from '#src/db/schema/inbox/index.ts';
import { until } from '../until.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { onCopy } from './data-copy.ts';
import { type Install, openInstall } from './install.ts';
import { meetEverybody, sentText, startLoad } from './load.ts';
import { isLong } from './long.ts';
import { type Found, findAfterStart } from './next-start.ts';
import { cutLog, type Ended, keptAt, type Ledger, logPath, loseBlocks, takeDown } from './power-cut.ts';
import { errorsOf } from './server-log.ts';
import { whileStopped } from './stop-for-copy.ts';
import { canTrace, syncedBytes, traced } from './sync-trace.ts';
import { commitsIn, positionIn } from './wal.ts';
import { withInbox } from './way-out.ts';

const MOMENTS = isLong ? 75 : 4;
const CUTS_EACH = 4;
const CUSTOMERS = 30;

let install: Install;
let api: ApiClient;

beforeAll(async () => {
  install = await openInstall();
  api = apiClient(install);
});
afterAll(() => install?.close());

test(
  'power lost under load: what was acknowledged before the cut is there, nothing after it is without what came before',
  async () => {
    const { folder, accountId } = install;
    const ledger = emptyLedger();
    noteWhatMetaReceives(ledger).catch(() => {});
    const server = await install.start();
    await meetEverybody(install, ledger.promised, CUSTOMERS);
    await until('everybody to be there', async () => (await api.conversations()).length === CUSTOMERS);
    const load = startLoad(install, api, ledger.promised, {
      label: 'power',
      customers: CUSTOMERS,
      writers: 12,
      senders: 6,
      acknowledged: (one) => ledger.acknowledged.set(one, positionIn(logPath(folder, accountId))),
    });
    for (let moment = 0; moment < MOMENTS; moment++) {
      await load.reached(1 + Math.floor(Math.random() * 60));
      const ended = await whileStopped(server.pid, () => takeDown(folder, accountId, ledger));
      try {
        await cutInManyWays(ended);
      } finally {
        rmSync(ended.copy, { recursive: true, force: true });
      }
    }
    await load.stop();
    await server.end();
    expect(errorsOf(server)).toEqual([]);
  },
  60_000 + MOMENTS * CUTS_EACH * 4_000,
);

test('power lost between the journal and the intake: the change waits, and the next start takes it in once', async () => {
  const { folder, accountId, number } = install;
  const noor = install.simulator.customer('+263771234567');
  const server = await install.start();
  await noor.say(number.phoneNumberId, 'before');
  const wamid = await noor.say(number.phoneNumberId, 'the last words');
  await until('it to be taken in', async () => {
    const [conversation] = await api.conversations();
    return (await api.messages(conversation?.id ?? 0)).some((message) => message.wamid === wamid);
  });
  await server.end('SIGKILL');

  const seen: string[] = [];
  // How many commits came after it depends on how long the program tended its indexes before it was ended.
  for (const cut of commitsIn(logPath(folder, accountId)).toReversed()) {
    const state = await onCopy(folder, async (copy) => {
      cutLog(logPath(copy, accountId), cut);
      const before = await lookAtChange(copy, 'the last words');
      const { inbound } = await findAfterStart(copy, accountId);
      const times = inbound.filter((text) => text === 'the last words').length;
      expect({ before, times }).toEqual({ before, times: before === 'never came' ? 0 : 1 });
      return before;
    });
    seen.unshift(state);
    if (state === 'never came') {
      break;
    }
  }
  const turns = seen.filter((state, index) => state !== seen[index - 1]);
  expect(turns).toEqual(['never came', 'waits', 'taken in']);
}, 60_000);

function emptyLedger(): Ledger {
  return { promised: { said: [], composed: [] }, acknowledged: new Map(), received: new Map() };
}

/** Notes how far the log is written when Meta has a message, for as long as the simulator runs. */
async function noteWhatMetaReceives({ received }: Ledger): Promise<void> {
  const { simulator, folder, accountId } = install;
  for (;;) {
    const message = await simulator.waitFor((sent) => !received.has(sentText(sent)));
    received.set(sentText(message), positionIn(logPath(folder, accountId)));
  }
}

/** What is known of a change from its text, before any start has looked at it. */
function lookAtChange(folder: string, text: string): Promise<'never came' | 'waits' | 'taken in'> {
  return withInbox(folder, install.accountId, async ({ sql: db }) => {
    const rows = await db.select().from(journal);
    const row = rows.find(({ raw }) => Buffer.from(raw).includes(text));
    const shown = await db.select().from(messages).where(eq(messages.text, text));
    const state = row === undefined ? 'never came' : row.state === 'pending' ? 'waits' : 'taken in';
    expect({ state, shown: shown.length }).toEqual({ state, shown: state === 'taken in' ? 1 : 0 });
    return state;
  });
}

async function cutInManyWays(ended: Ended): Promise<void> {
  const { firstCut, lastPromise, end } = ended;
  await afterCut(ended, lastPromise, (path) => cutLog(path, lastPromise));
  await afterCut(ended, lastPromise, (path) => loseBlocks(path, lastPromise, end.end));
  const afterIt = between(lastPromise, end.end);
  await afterCut(ended, afterIt, (path) => cutLog(path, afterIt));
  const anywhere = between(firstCut, end.end);
  await afterCut(ended, anywhere, (path) => cutLog(path, anywhere));
}

function between(from: number, to: number): number {
  return from + Math.floor(Math.random() * (to - from + 1));
}

async function afterCut(ended: Ended, cut: number, damage: (path: string) => void): Promise<void> {
  const { accountId } = install;
  await onCopy(ended.copy, async (copy) => {
    damage(logPath(copy, accountId));
    expectKept(ended, cut, await findAfterStart(copy, accountId));
  });
}

function expectKept(ended: Ended, cut: number, { inbound, outbound }: Found): void {
  const there = new Set([...inbound, ...outbound.keys()]);
  expect(keptAt(ended, ended.acknowledged, cut).filter((text) => !there.has(text))).toEqual([]);
  const sentAgain = keptAt(ended, ended.received, cut).filter((text) => outbound.get(text) === 'queued');
  expect(sentAgain).toEqual([]);

  // Whatever is there was begun after all that is not there was acknowledged: nothing went missing in between.
  const all = [...ended.said, ...ended.composed];
  const lastBegun = Math.max(...all.filter(({ text }) => there.has(text)).map(({ begunAt }) => begunAt));
  const gap = all.filter(
    ({ text, acknowledgedAt }) => !there.has(text) && acknowledgedAt !== null && acknowledgedAt < lastBegun,
  );
  expect(gap).toEqual([]);
}

// Tracing takes strace, and the right to use it.
test.skipIf(!canTrace())(
  'power lost after what was fsynced: everything that was answered 200 had been fsynced before',
  async () => {
    const { folder, accountId } = install;
    const trace = join(mkdtempSync(join(tmpdir(), 'oonobox-trace-')), 'log');
    const ledger = emptyLedger();
    const server = await install.start(undefined, undefined, traced(trace));
    // No sends: an fsync of theirs would do for the webhooks beside them.
    const load = startLoad(install, api, ledger.promised, {
      label: 'traced',
      customers: CUSTOMERS,
      writers: 4,
      senders: 0,
      acknowledged: (one) => ledger.acknowledged.set(one, positionIn(logPath(folder, accountId))),
    });
    for (let moment = 0; moment < MOMENTS; moment++) {
      await load.reached(1 + Math.floor(Math.random() * 20));
      const ended = await whileStopped(server.pid, () => takeDown(folder, accountId, ledger));
      try {
        const synced = syncedBytes(trace, logPath(folder, accountId));
        await afterCut(ended, ended.end.end, (path) => cutLog(path, synced));
        await afterCut(ended, ended.end.end, (path) => loseBlocks(path, synced, ended.end.end));
      } finally {
        rmSync(ended.copy, { recursive: true, force: true });
      }
    }
    await load.stop();
    await server.end();
    expect(errorsOf(server)).toEqual([]);
    rmSync(dirname(trace), { recursive: true, force: true });
  },
  60_000 + MOMENTS * CUTS_EACH * 4_000,
);
