import { countWaiting } from '#src/conversations/counts.ts';
import { sightOf } from '#src/conversations/visible.ts';
import type { Logger } from '#src/log.ts';
import type { LiveAccount } from './account.ts';
import { frame, type Publish } from './frame.ts';
import { renderCounts } from './render.tsx';
import type { LiveSocket } from './socket.ts';
import { topicOf, variantOf } from './topics.ts';

/** Counts change with every message; people read them now and then. */
const EVERY_MS = 1_000;

export type Counters = {
  /** The counts of the account may have changed, those of these members among them. */
  changed(account: LiveAccount, userIds: Iterable<number>): void;
  stop(): void;
};

type Context = { publish: Publish; boot: string; now: () => number; log: Logger };

/** Sends how many customers wait to the screens, at most once a second an account. */
export function createCounters({ publish, boot, now, log }: Context): Counters {
  const due = new Map<LiveAccount, { users: Set<number>; timer: NodeJS.Timeout }>();
  const sentAt = new WeakMap<LiveAccount, number>();

  async function send(account: LiveAccount, users: ReadonlySet<number>): Promise<void> {
    const n = account.history.last();
    for (const socket of oneEach(account.sockets, users)) {
      const { viewer, inbox } = socket;
      const { mine, ...others } = await countWaiting(inbox, viewer);
      const content = renderCounts(sightOf(viewer) === 'all' ? { mine } : { mine, ...others });
      const topic = topicOf(account.accountId, `user:${viewer.userId}`, variantOf(viewer));
      publish(topic, frame(boot, n, { content }));
    }
    const [watcher] = [...account.sockets].filter(({ viewer }) => sightOf(viewer) === 'all');
    if (watcher) {
      const { unassigned, all } = await countWaiting(watcher.inbox, watcher.viewer);
      const topic = topicOf(account.accountId, 'scope:all', variantOf(watcher.viewer));
      publish(topic, frame(boot, n, { content: renderCounts({ unassigned, all }) }));
    }
  }

  function sendLater(account: LiveAccount): { users: Set<number>; timer: NodeJS.Timeout } {
    const users = new Set<number>();
    const wait = Math.max(0, (sentAt.get(account) ?? 0) + EVERY_MS - now());
    const timer = setTimeout(() => {
      due.delete(account);
      sentAt.set(account, now());
      send(account, users).catch((err) =>
        log.warn({ err, account: account.accountId }, 'counts were not sent'),
      );
    }, wait);
    timer.unref();
    return { users, timer };
  }

  return {
    changed(account, userIds) {
      const waiting = due.get(account) ?? sendLater(account);
      due.set(account, waiting);
      for (const id of userIds) {
        waiting.users.add(id);
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

/** One socket of each of these members who is here. */
function oneEach(sockets: ReadonlySet<LiveSocket>, users: ReadonlySet<number>): LiveSocket[] {
  const here = [...sockets].filter(({ viewer }) => users.has(viewer.userId));
  return [...new Map(here.map((socket) => [socket.viewer.userId, socket])).values()];
}
