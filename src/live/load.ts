import { loadEvents, toThreadEvents } from '#src/conversations/events.ts';
import { seesPhones } from '#src/conversations/masking.ts';
import { loadSummaries } from '#src/conversations/summaries.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { loadMessages } from '#src/messages/load.ts';
import { maskedMessage } from '#src/messages/masked-message.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Merged } from './merge.ts';
import type { Shown } from './render.tsx';

/**
 * What these changes look like now, by conversation, in a handful of statements; messages and events only of
 * the conversations that `opened` says somebody has open. Without a viewer everything is loaded, for a push that
 * goes to topics; with one, what they may not see is missing.
 */
export async function loadShown(
  inbox: Inbox,
  changes: readonly Merged[],
  opened: (conversationId: number) => boolean,
  viewer: Viewer | null,
): Promise<Map<number, Shown>> {
  const rows = await loadSummaries(
    inbox,
    changes.map((change) => change.conversationId),
    viewer,
  );
  const visible = new Set(rows.map((row) => row.id));
  const read = changes.filter(({ conversationId }) => visible.has(conversationId) && opened(conversationId));
  const loaded = await loadMessages(
    inbox,
    read.flatMap((change) => [...change.messages]),
  );
  const messages = viewer && !seesPhones(viewer) ? loaded.map(maskedMessage) : loaded;
  const eventRows = await loadEvents(
    inbox,
    read.flatMap((change) => [...change.events]),
  );
  const events = await toThreadEvents(inbox, eventRows);
  const conversationOf = new Map(eventRows.map((event) => [event.id, event.conversationId]));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        row,
        messages: messages.filter((message) => message.conversationId === row.id).sort(inThreadOrder),
        events: events.filter((event) => conversationOf.get(event.id) === row.id),
      },
    ]),
  );
}

function inThreadOrder(a: { orderedAt: number; id: number }, b: { orderedAt: number; id: number }): number {
  return a.orderedAt - b.orderedAt || a.id - b.id;
}
