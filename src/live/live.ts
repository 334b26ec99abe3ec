import type { Inbox } from '#src/db/inbox.ts';
import type { Logger } from '#src/log.ts';
import { createLiveAccounts } from './account.ts';
import type { LiveChange } from './change.ts';
import { createCounters } from './counters.ts';
import { mergeInto } from './merge.ts';
import { newBoot, readPosition, writePosition } from './position.ts';
import { pushPending } from './push.ts';
import { replay } from './replay.ts';
import { revalidate } from './session-check.ts';
import { end, type LiveSocket } from './socket.ts';

export type { LiveChange } from './change.ts';

export type Live = {
  /**
   * Shows on every open screen what was just committed. Resolves when it was pushed; never throws, since a screen
   * that is not told must not undo what happened.
   */
  publish(inbox: Pick<Inbox, 'accountId'>, changes: readonly LiveChange[]): Promise<void>;
  /** `<boot>-<n>`: to be read before what a page shows, so that nothing falls between the page and its socket. */
  position(accountId: number): string;
  /** After a change of somebody's rights, assignments or sessions, before its answer: their topics follow. */
  revalidate(userId: number): Promise<void>;
  /** Closes all of somebody's sockets for good. */
  endUser(userId: number): void;
  /** Takes a socket in: it joins the topics its viewer may have, and gets what it missed since the position `seen`. */
  join(socket: LiveSocket, seen: string | undefined): Promise<void>;
  leave(socket: LiveSocket): void;
  /** A server whose sockets get the pushes; one that is being replaced keeps getting them. */
  attach(server: Publisher): void;
  /** Closes every socket with 1012, so that pages connect again to the next process. */
  drain(): Promise<void>;
};

type Publisher = { publish(topic: string, data: string): unknown };

export function createLive({ log, now }: { log: Logger; now: () => number }): Live {
  const boot = newBoot();
  const accounts = createLiveAccounts(now);
  const servers = new Set<Publisher>();
  const publish = (topic: string, data: string) => {
    for (const server of servers) {
      server.publish(topic, data);
    }
  };
  const counters = createCounters({ publish, boot, now, log });
  const context = { boot, now, log, publish, counters };
  const everySocket = () => accounts.all().flatMap((account) => [...account.sockets]);
  const socketsOf = (userId: number) => everySocket().filter(({ viewer }) => viewer.userId === userId);

  return {
    async publish({ accountId }, changes) {
      const account = accounts.of(accountId);
      const { pushed } = account.pending;
      mergeInto(account.pending.changes, changes);
      if (changes.length > 0) {
        account.pushing ??= pushPending(account, context);
        await pushed.promise;
      }
    },
    position: (accountId) => writePosition(boot, accounts.of(accountId).history.last()),
    async revalidate(userId) {
      await Promise.all(socketsOf(userId).map((socket) => revalidate(socket, now())));
    },
    endUser(userId) {
      for (const socket of socketsOf(userId)) {
        end(socket, 'signedOut');
      }
    },
    async join(socket, seen) {
      const account = accounts.of(socket.viewer.accountId);
      account.sockets.add(socket);
      // Asked once more now that it is among those who are told when a session ends.
      if (await revalidate(socket, now())) {
        await replay(socket, account, readPosition(seen, boot), context);
      }
    },
    leave(socket) {
      accounts.of(socket.viewer.accountId).sockets.delete(socket);
    },
    attach(server) {
      servers.add(server);
    },
    async drain() {
      counters.stop();
      await Promise.all(accounts.all().map((account) => account.pushing));
      for (const socket of everySocket()) {
        end(socket, 'restart');
      }
    },
  };
}
