import { extentOf } from '#src/conversations/visible.ts';
import type { Logger } from '#src/log.ts';
import type { LiveAccount } from './account.ts';
import { frame, type Publish } from './frame.ts';
import { renderCounts } from './render.tsx';
import type { LiveSocket } from './socket.ts';
import { topicOf, variantOf, variants } from './topics.ts';
import { countsFor, loadWaiting, renewWaiting, type Waiting } from './waiting.ts';

/** Counts change with every message; people read them now and then. */
const EVERY_MS = 1_000;

export type Counters = {
  /** These conversations may have changed who waits, and for whom. */
  changed(account: LiveAccount, conversationIds: Iterable<number>): void;
  stop(): void;
};

type Context = { publish: Publish; boot: string; now: () => number; log: Logger };

/** Sends how many customers wait to the screens, at most once a second an account. */
export function createCounters({ publish, boot, now, log }: Context): Counters {
  const due = new Map<LiveAccount, { ids: Set<number>; timer: NodeJS.Timeout }>();
  const sentAt = new WeakMap<LiveAccount, number>();

  async function send(account: LiveAccount, ids: ReadonlySet<number>): Promise<void> {
    const [watcher] = account.sockets;
    if (watcher === undefined) {
      account.waiting = null;
      return;
    }
    const known = account.waiting ?? (await loadWaiting(watcher.inbox));
    // Taken away until it has been renewed: after a failure it is loaded whole.
    const isFirst = account.waiting === null;
    account.waiting = null;
    const concerned = await renewWaiting(known, watcher.inbox, ids);
    account.waiting = known;
    publishTo(account, known, (viewer) => isFirst || concerned.has(viewer.userId));
  }

  function publishTo(
    account: LiveAccount,
    waiting: Waiting,
    concerns: (viewer: LiveSocket['viewer']) => boolean,
  ): void {
    const n = account.history.last();
    const { accountId } = account;
    for (const { viewer } of oneEach(account.sockets)) {
      const seesAll = extentOf(viewer) === 'all';
      if (!seesAll || concerns(viewer)) {
        const { mine, ...others } = countsFor(waiting, viewer);
        const content = renderCounts(seesAll ? { mine } : { mine, ...others });
        publish(topicOf(accountId, `user:${viewer.userId}`, variantOf(viewer)), frame(boot, n, { content }));
      }
    }
    const all = [...account.sockets].find(({ viewer }) => extentOf(viewer) === 'all')?.viewer;
    if (all) {
      const { mine: _, ...others } = countsFor(waiting, all);
      const data = frame(boot, n, { content: renderCounts(others) });
      for (const variant of variants) {
        publish(topicOf(accountId, 'scope:all', variant), data);
      }
    }
  }

  function sendLater(account: LiveAccount): { ids: Set<number>; timer: NodeJS.Timeout } {
    const ids = new Set<number>();
    const wait = Math.max(0, (sentAt.get(account) ?? 0) + EVERY_MS - now());
    const timer = setTimeout(() => {
      due.delete(account);
      sentAt.set(account, now());
      send(account, ids).catch((err) =>
        log.warn({ err, account: account.accountId }, 'counts were not sent'),
      );
    }, wait);
    timer.unref();
    return { ids, timer };
  }

  return {
    changed(account, conversationIds) {
      const waiting = due.get(account) ?? sendLater(account);
      due.set(account, waiting);
      for (const id of conversationIds) {
        waiting.ids.add(id);
      }
    },
    stop() {
      for (const { timer } of due.values()) {
        clearTimeout(timer);
      }
      due.clear();
    },
  };
}

/** One socket of every member who is here. */
function oneEach(sockets: ReadonlySet<LiveSocket>): LiveSocket[] {
  return [...new Map([...sockets].map((socket) => [socket.viewer.userId, socket])).values()];
}
