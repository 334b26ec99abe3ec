import { extentOf, viewerKey } from '#src/conversations/visible.ts';
import type { Inbox } from '#src/db/inbox.ts';
import type { Logger } from '#src/log.ts';
import { steady } from '#src/steady.ts';
import { createLiveAccounts } from './account.ts';
import type { LiveChange } from './change.ts';
import { createCounters } from './counters.ts';
import { frame, type Passing } from './frame.ts';
import { mergeInto } from './merge.ts';
import { newBoot, readPosition, writePosition } from './position.ts';
import { createPresence, type Present } from './presence.ts';
import { pushPending } from './push.ts';
import { replay } from './replay.ts';
import { revalidate } from './session-check.ts';
import { end, endIfSlow, type LiveSocket } from './socket.ts';
import { type PersonViewer, variantOf } from './topics.ts';
import { pushToUser } from './user-push.ts';

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
  /**
   * After more conversations have changed hands than could be pushed one by one: whoever sees only some fetches
   * everything anew, also who is away for the moment, and hears no more of what they may not see now.
   */
  handOver(accountId: number): Promise<void>;
  /** Closes all of somebody's sockets for good. */
  endUser(userId: number): void;
  /** Closes the sockets of an account that cannot be read any more; their pages try to connect again. */
  endAccount(accountId: number): void;
  /** Takes a socket in: it joins the topics its viewer may have, and gets what it missed since the position `seen`. */
  join(socket: LiveSocket, seen: string | undefined): Promise<void>;
  leave(socket: LiveSocket): void;
  /** The page shows another conversation, which it has joined, as it was at the position `seen`. */
  opened(socket: LiveSocket, seen: string | undefined): Promise<void>;
  /** Somebody sits before this socket's conversation; the others who have it open are told. */
  sign(socket: LiveSocket, does: Present['does']): void;
  /** Tells all tabs of one person what is theirs alone, and holds only for now: it is not replayed. */
  tell(viewer: PersonViewer, load: Passing): void;
  /** A server whose sockets get the pushes; one that is being replaced keeps getting them. */
  attach(server: Publisher): void;
  /** Open sockets, and the pushes since the start. */
  figures(): { sockets: number; pushes: number };
  /** Closes every socket with 1012, so that pages connect again to the next process. */
  drain(): Promise<void>;
};

/** Pages take a socket for dead that is silent for 40 s: a line may be cut without a word. */
const PULSE_MS = 25_000;

/** What a page shows depends on it, beyond what happens in conversations. */
const rightsOf = (viewer: PersonViewer): string =>
  `${viewerKey(viewer)} ${variantOf(viewer)} ${[...viewer.permissions].join()}`;

type LiveOptions = { log: Logger; now: () => number; pulseMs?: number };

type Publisher = { publish(topic: string, data: string): unknown };

export function createLive({ log, now, pulseMs = PULSE_MS }: LiveOptions): Live {
  const boot = newBoot();
  const span = steady(now);
  const accounts = createLiveAccounts(span);
  const servers = new Set<Publisher>();
  let pushes = 0;
  const publish = (topic: string, data: string) => {
    pushes += 1;
    for (const server of servers) {
      server.publish(topic, data);
    }
  };
  const counters = createCounters({ publish, boot, now: span, log });
  const context = { boot, now, log, publish, counters };
  const presence = createPresence(accounts.all, span);
  const accountOf = ({ viewer }: LiveSocket) => accounts.of(viewer.accountId);
  const everySocket = () => accounts.all().flatMap((account) => [...account.sockets]);
  const socketsOf = (userId: number) => everySocket().filter(({ viewer }) => viewer.userId === userId);

  const pulse = setInterval(() => {
    for (const account of accounts.all()) {
      for (const socket of account.sockets) {
        socket.wire.send(frame(boot, account.history.last()));
        endIfSlow(socket);
      }
    }
  }, pulseMs);
  pulse.unref();

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
      const checked = socketsOf(userId).map(async (socket) => {
        const { conversationId, viewer } = socket;
        const isOpen = await revalidate(socket, now());
        presence.tell(accountOf(socket), conversationId);
        if (isOpen && rightsOf(socket.viewer) !== rightsOf(viewer)) {
          socket.wire.send(frame(boot, accountOf(socket).history.last(), { resync: true }));
        }
      });
      await Promise.all(checked);
    },
    async handOver(accountId) {
      const account = accounts.of(accountId);
      account.history.forgetAll();
      account.waiting = null;
      for (const socket of account.sockets) {
        if (extentOf(socket.viewer) === 'some' && (await revalidate(socket, now()))) {
          socket.wire.send(frame(boot, account.history.last(), { resync: true }));
        }
      }
    },
    endUser(userId) {
      for (const socket of socketsOf(userId)) {
        end(socket, 'signedOut');
      }
    },
    endAccount(accountId) {
      for (const socket of accounts.of(accountId).sockets) {
        end(socket, 'restart');
      }
    },
    async join(socket, seen) {
      const account = accountOf(socket);
      account.sockets.add(socket);
      // Asked once more now that it is among those who are told when a session ends.
      if (await revalidate(socket, now())) {
        await replay(socket, account, readPosition(seen, boot), context);
        presence.greet(account, socket);
      }
    },
    leave(socket) {
      const account = accountOf(socket);
      account.sockets.delete(socket);
      presence.tell(account, socket.conversationId);
    },
    async opened(socket, seen) {
      const account = accountOf(socket);
      const left = socket.here?.conversationId ?? null;
      if (left !== socket.conversationId) {
        socket.here = null;
        presence.tell(account, left);
      }
      await replay(socket, account, readPosition(seen, boot), context);
      presence.greet(account, socket);
    },
    sign(socket, does) {
      presence.sign(accountOf(socket), socket, does);
    },
    tell: (viewer, load) => pushToUser(viewer, load, publish),
    attach(server) {
      servers.add(server);
    },
    figures: () => ({ sockets: everySocket().length, pushes }),
    async drain() {
      counters.stop();
      presence.stop();
      clearInterval(pulse);
      await Promise.all(accounts.all().map((account) => account.pushing));
      for (const socket of everySocket()) {
        end(socket, 'restart');
      }
    },
  };
}
