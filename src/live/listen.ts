import { NotFound } from '#src/errors.ts';
import { markRead } from '#src/messages/receipt-reading.ts';
import type { Services } from '#src/services.ts';
import type { Sign } from '#src/sessions/find-session.ts';
import { revalidate } from './session-check.ts';
import type { LiveSocket } from './socket.ts';
import { readUpward, type Upward } from './upward.ts';

export type ListenServices = Pick<Services, 'now' | 'live' | 'log'> & {
  delivery: Pick<Services['delivery'], 'poke' | 'writing'>;
};

/** What an unattended page says by itself does not keep its session alive. */
const signs: Record<Upward['do'], Sign> = { read: 'look', viewing: 'look', open: 'use', typing: 'use' };

/** Only what is on the list is done, and only for somebody whose session is still good; nothing is answered. */
export async function listen(services: ListenServices, socket: LiveSocket, message: unknown): Promise<void> {
  const said = readUpward(message);
  if (said?.do === 'open') {
    socket.asked = said.conversationId;
  }
  if (said === null || !(await revalidate(socket, services.now(), signs[said.do]))) {
    return;
  }
  const { live } = services;
  switch (said.do) {
    case 'read':
      return hearRead(services, socket, said);
    case 'open':
      return live.opened(socket, said.seen);
    case 'viewing':
      return live.sign(socket, 'viewing');
    case 'typing':
      return hearTyping(services, socket);
  }
}

/** Colleagues see it, and the customer where the number is set so. */
function hearTyping({ live, delivery }: ListenServices, socket: LiveSocket): void {
  const { viewer, conversationId } = socket;
  const mayWrite = viewer.permissions.has('messages.send');
  live.sign(socket, mayWrite ? 'writing' : 'viewing');
  if (mayWrite && conversationId !== null) {
    delivery.writing(viewer.accountId, conversationId);
  }
}

/**
 * Their other tabs hear it too. What they may not see they have not read. A marker that cannot be written, as on a full
 * disk, is said again by the next connection: to end this one for it would make pages come and go for as long as it lasts.
 */
async function hearRead(
  { live, delivery, now, log }: ListenServices,
  { inbox, viewer }: LiveSocket,
  said: Extract<Upward, { do: 'read' }>,
): Promise<void> {
  try {
    if (await markRead(inbox, said, viewer, now())) {
      delivery.poke(viewer.accountId);
    }
    const { conversationId: conversation, messageId: message } = said;
    live.tell(viewer, { tell: { kind: 'read', conversation, message } });
  } catch (err) {
    if (!(err instanceof NotFound)) {
      log.warn({ err, account: viewer.accountId }, 'how far somebody has read was not written');
    }
  }
}
