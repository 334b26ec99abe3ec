import { countWaiting } from '#src/conversations/counts.ts';
import { maySee } from '#src/conversations/visible.ts';
import type { Logger } from '#src/log.ts';
import type { LiveAccount } from './account.ts';
import { frame } from './frame.ts';
import { loadShown } from './load.ts';
import { type Merged, mergeInto } from './merge.ts';
import { renderConversation, renderCounts, renderInList, renderRemovals } from './render.tsx';
import type { LiveSocket } from './socket.ts';

/** Who missed more than this loads the page anew. */
const MOST_CONVERSATIONS = 100;
const MOST_MESSAGES = 200;

/**
 * Sends what a socket missed since number `seen`, as it is now and as far as its viewer may see it, or tells it
 * to fetch its panes anew, when too much happened or it is not known what. The socket has joined its topics before;
 * `joined` tells the page that nothing is missing any more, also of what was pushed while this was made.
 */
export async function replay(
  socket: LiveSocket,
  account: LiveAccount,
  seen: number | null,
  { boot, now, log }: { boot: string; now: () => number; log: Logger },
): Promise<void> {
  const n = account.history.last();
  const missed = seen === null ? null : account.history.since(seen);
  const changes = missed && [...mergeInto(new Map(), missed).values()];
  const isOther = changes?.some(
    ({ redraw, conversationId }) => redraw && conversationId === socket.conversationId,
  );
  if (changes === null || isOther || isTooMuch(changes)) {
    const redraw = isOther ? { redraw: true as const } : {};
    socket.wire.send(frame(boot, n, { joined: true, resync: true, ...redraw }));
  } else if (changes.length === 0) {
    socket.wire.send(frame(boot, n, { joined: true }));
  } else {
    try {
      const content = await render(socket, changes, now());
      socket.wire.send(frame(boot, n, { joined: true, content }), true);
    } catch (err) {
      // Closing would make the page come back for the same again, and again.
      log.error({ err, account: account.accountId }, 'a replay could not be made');
      socket.wire.send(frame(boot, n, { joined: true, resync: true }));
    }
  }
}

async function render(socket: LiveSocket, changes: readonly Merged[], now: number): Promise<string> {
  const { inbox, viewer, conversationId } = socket;
  const { shown } = await loadShown(inbox, changes, (id) => id === conversationId, viewer);
  const gone = changes
    .filter(({ conversationId: id, left }) => !shown.has(id) && left.some((before) => maySee(viewer, before)))
    .map(({ conversationId: id }) => id);
  const open = conversationId === null ? undefined : shown.get(conversationId);
  return [
    open ? renderConversation(open, now) : '',
    ...[...shown.values()].map(({ row }) => renderInList(row, now)),
    renderRemovals(gone),
    renderCounts(countWaiting(inbox, viewer)),
  ].join('');
}

function isTooMuch(changes: readonly Merged[]): boolean {
  const messages = changes.reduce((sum, change) => sum + change.messages.size, 0);
  return changes.length > MOST_CONVERSATIONS || messages > MOST_MESSAGES;
}
