import { findConversation } from '#src/conversations/conversation.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { NotFound } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Sign } from '#src/sessions/find-session.ts';
import type { LiveAccount } from './account.ts';
import { end, type LiveSocket, subscribe } from './socket.ts';

/** Asks the session again: the socket's topics become what its viewer may see now, or it is closed for good. */
export async function revalidate(socket: LiveSocket, now: number, sign: Sign = 'look'): Promise<boolean> {
  const session = await socket.recheck(sign);
  if (session === null) {
    end(socket, 'signedOut');
    return false;
  }
  const { viewer, endsAt } = session;
  const { asked } = socket;
  const conversationId = await visibleConversation(socket.inbox, asked, viewer);
  if (socket.asked !== asked) {
    // The page went on to another one meanwhile.
    return revalidate(socket, now);
  }
  subscribe(socket, viewer, conversationId);
  socket.checkedAt = now;
  socket.endsAt = endsAt;
  return !socket.isEnded;
}

/**
 * Before something is pushed: no socket outlives its session. One whose session has ended, unless it was used elsewhere
 * since, is asked, and so is one for which nobody can say, because the clock was set back.
 */
export async function dismissEnded(account: LiveAccount, now: number): Promise<void> {
  for (const socket of account.sockets) {
    if (now < socket.checkedAt || now >= socket.endsAt) {
      await revalidate(socket, now);
    }
  }
}

/** The conversation to join, by the id asked for: null when its viewer may not see it. */
async function visibleConversation(inbox: Inbox, id: number | null, viewer: Viewer): Promise<number | null> {
  try {
    return id === null ? null : (await findConversation(inbox, id, viewer)).id;
  } catch (error) {
    if (error instanceof NotFound) {
      return null;
    }
    throw error;
  }
}
