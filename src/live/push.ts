import { extentOf, type Holder, maySee } from '#src/conversations/visible.ts';
import type { Logger } from '#src/log.ts';
import { type LiveAccount, nothingPending } from './account.ts';
import type { Counters } from './counters.ts';
import { frame, type Publish } from './frame.ts';
import { type Loaded, loadShown } from './load.ts';
import { asChange, type Merged } from './merge.ts';
import { masked, renderConversation, renderInList, renderRemovals, type Shown } from './render.tsx';
import { dismissEnded } from './session-check.ts';
import { endIfSlow, subscribe } from './socket.ts';
import { type PersonViewer, type Scope, topicOf, type Variant, variantOf, variants } from './topics.ts';

/** So many conversations are loaded and rendered before others get a turn. */
const AT_ONCE = 100;

export type PushContext = {
  boot: string;
  now: () => number;
  log: Logger;
  publish: Publish;
  counters: Counters;
};

/** Pushes until nothing is pending: everything that comes within one turn of the event loop as one. */
export async function pushPending(account: LiveAccount, context: PushContext): Promise<void> {
  try {
    await nextTurn();
    while (account.pending.changes.size > 0) {
      const { changes, pushed } = account.pending;
      account.pending = nothingPending();
      await pushAll(account, [...changes.values()], context).catch((err) =>
        context.log.error({ err, account: account.accountId }, 'live pushes stopped'),
      );
      pushed.resolve();
    }
  } finally {
    // Before anything else runs: what is published from here on begins anew.
    account.pushing = null;
  }
}

async function pushAll(
  account: LiveAccount,
  changes: readonly Merged[],
  context: PushContext,
): Promise<void> {
  for (let from = 0; from < changes.length; from += AT_ONCE) {
    await pushSome(account, changes.slice(from, from + AT_ONCE), context);
    account.sockets.forEach(endIfSlow);
    await nextTurn();
  }
}

async function pushSome(account: LiveAccount, given: readonly Merged[], context: PushContext): Promise<void> {
  const { log, now, counters } = context;
  let changes = given;
  try {
    await dismissEnded(account, now());
    const [watcher] = account.sockets;
    const opened = new Set([...account.sockets].map((socket) => socket.conversationId));
    const loaded = watcher && (await loadShown(watcher.inbox, given, (id) => opened.has(id), null));
    const shown: Loaded['shown'] = loaded?.shown ?? new Map();
    changes = loaded?.changes ?? given;
    leaveHidden(account, shown, context);
    redrawThreads(account, changes, context);
    pushThreads(account, changes, { shown, opened }, context);
    pushRows(account, changes, shown, context);
  } catch (err) {
    log.error({ err, account: account.accountId }, 'live pushes could not be made');
    remember(account, changes);
    resyncAll(account, context);
  }
  counters.changed(
    account,
    changes.map((change) => change.conversationId),
  );
}

/** Who may no longer see what they have open hears nothing of it any more, from this very push on, and is shown so. */
function leaveHidden(
  { sockets, history }: LiveAccount,
  shown: ReadonlyMap<number, Shown>,
  { boot }: PushContext,
): void {
  for (const socket of sockets) {
    const open = socket.conversationId === null ? undefined : shown.get(socket.conversationId);
    if (open && !maySee(socket.viewer, holderOf(open.row))) {
      subscribe(socket, socket.viewer, null);
      socket.wire.send(frame(boot, history.last(), { resync: true }));
    }
  }
}

/** Who has a thread open that holds other messages now fetches it anew. */
function redrawThreads(
  { sockets, history }: LiveAccount,
  changes: readonly Merged[],
  { boot }: PushContext,
): void {
  const redrawn = new Set(changes.filter(({ redraw }) => redraw).map((change) => change.conversationId));
  for (const socket of redrawn.size === 0 ? [] : sockets) {
    if (socket.conversationId !== null && redrawn.has(socket.conversationId)) {
      socket.wire.send(frame(boot, history.last(), { redraw: true }));
    }
  }
}

type Seen = { shown: ReadonlyMap<number, Shown>; opened: ReadonlySet<number | null> };

/**
 * First all threads, each for who has it open, then the rows, in one push a scope: a socket that is cut off in between
 * gets the rows by replay, and an agent's socket is written to once, however many customers wrote.
 */
function pushThreads(
  account: LiveAccount,
  changes: readonly Merged[],
  { shown, opened }: Seen,
  context: PushContext,
): void {
  for (const change of changes) {
    drawing(account, change, context, () => {
      const one = shown.get(change.conversationId);
      const { left, ...said } = asChange(change);
      const n = account.history.add(one ? said : { ...said, left });
      if (one && opened.has(change.conversationId)) {
        for (const variant of variantsOf(account)) {
          const content = renderConversation(inVariant(one, variant), context.now());
          const topic = topicOf(account.accountId, `conversation:${change.conversationId}`, variant);
          context.publish(topic, frame(context.boot, n, { content }));
        }
      }
    });
  }
}

function pushRows(
  account: LiveAccount,
  changes: readonly Merged[],
  shown: Seen['shown'],
  context: PushContext,
): void {
  const contents = new Map<string, string>();
  const add = (scope: Scope, variant: Variant, content: string) => {
    const topic = topicOf(account.accountId, scope, variant);
    contents.set(topic, `${contents.get(topic) ?? ''}${content}`);
  };
  const some = whoSeeSome(account);
  for (const change of changes) {
    drawing(account, change, context, () => {
      const one = shown.get(change.conversationId);
      const { conversationId, left } = asChange(change);
      if (one) {
        const rows = new Map(
          variantsOf(account).map((variant) => [
            variant,
            renderInList(inVariant(one, variant).row, context.now()),
          ]),
        );
        account.history.add({ conversationId, left });
        for (const [variant, row] of rows) {
          add('scope:all', variant, row);
        }
        for (const viewer of some) {
          const variant = variantOf(viewer);
          const scope: Scope = `scope:some:${viewer.userId}`;
          if (maySee(viewer, holderOf(one.row))) {
            add(scope, variant, rows.get(variant) ?? '');
          } else if (left.some((before) => maySee(viewer, before))) {
            add(scope, variant, renderRemovals([conversationId]));
          }
        }
      }
    });
  }
  for (const [topic, content] of contents) {
    context.publish(topic, frame(context.boot, account.history.last(), { content }));
  }
}

/** Everybody here who sees only some of the conversations, once. */
function whoSeeSome({ sockets }: LiveAccount): PersonViewer[] {
  const some = [...sockets].map(({ viewer }) => viewer).filter((viewer) => extentOf(viewer) === 'some');
  return [...new Map(some.map((viewer) => [viewer.userId, viewer])).values()];
}

/** The variants that somebody here is shown. */
function variantsOf({ sockets }: LiveAccount): Variant[] {
  const used = new Set([...sockets].map(({ viewer }) => variantOf(viewer)));
  return variants.filter((variant) => used.has(variant));
}

const inVariant = (shown: Shown, variant: Variant): Shown =>
  variant === 'masked.en' ? masked(shown) : shown;

const holderOf = ({ assignee, teamId }: Shown['row']): Holder => ({
  assigneeId: assignee?.id ?? null,
  teamId,
});

/** One that cannot be drawn is left out: the others must not wait for it. */
function drawing(
  { accountId }: LiveAccount,
  { conversationId }: Merged,
  { log }: PushContext,
  draw: () => void,
): void {
  try {
    draw();
  } catch (err) {
    log.error({ err, account: accountId, conversationId }, 'a change could not be drawn');
  }
}

function remember({ history }: LiveAccount, changes: readonly Merged[]): void {
  for (const change of changes) {
    history.add(asChange(change));
  }
}

function resyncAll(account: LiveAccount, { boot }: PushContext): void {
  for (const socket of account.sockets) {
    socket.wire.send(frame(boot, account.history.last(), { resync: true }));
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}
