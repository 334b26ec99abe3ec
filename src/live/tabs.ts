import { parseId } from '#src/conversations/conversation.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/find-session.ts';
import { closings, type LiveSocket, type Wire } from './socket.ts';

export type Arrival = {
  session: Session;
  /** Asks the session again. */
  recheck: LiveSocket['recheck'];
  /** The id of the conversation that the page shows. */
  conversation: string | undefined;
  /** How far the page has seen the pushes. */
  seen: string | undefined;
};

/** The open sockets, from the upgrade to the close; each keeps its account open. */
export type Tabs = {
  open(wire: Wire, arrival: Arrival): Promise<void>;
  of(wire: object): LiveSocket | undefined;
  close(wire: object): void;
};

type TabServices = Pick<Services, 'accounts' | 'live' | 'now' | 'phase'>;

export function createTabs({ accounts, live, now, phase }: TabServices): Tabs {
  const tabs = new Map<object, { socket: LiveSocket; release: () => void }>();
  const gone = new WeakSet<object>();

  return {
    async open(wire, { session: { viewer, endsAt }, recheck, conversation, seen }) {
      const { inbox, release } = await accounts.pin(viewer.accountId);
      if (gone.has(wire) || phase.draining) {
        release();
        wire.close(...closings.restart);
        return;
      }
      const socket: LiveSocket = {
        wire,
        inbox,
        recheck,
        viewer,
        topics: new Set(),
        asked: parseId(conversation ?? ''),
        conversationId: null,
        here: null,
        checkedAt: now(),
        endsAt,
        isEnded: false,
      };
      tabs.set(wire, { socket, release });
      await live.join(socket, seen);
    },
    of: (wire) => tabs.get(wire)?.socket,
    close(wire) {
      gone.add(wire);
      const tab = tabs.get(wire);
      if (tab) {
        tabs.delete(wire);
        live.leave(tab.socket);
        tab.release();
      }
    },
  };
}
