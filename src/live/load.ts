import { loadEvents, toThreadEvents } from '#src/conversations/events.ts';
import { seesPhones } from '#src/conversations/masking.ts';
import { loadSummaries } from '#src/conversations/summaries.ts';
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { loadMessages } from '#src/messages/load.ts';
import { maskedEvent, maskedMessage } from '#src/messages/masked-message.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { asChange, type Merged, mergeInto } from './merge.ts';
import type { Shown } from './render.tsx';

/** What changed, in the conversations that show it, and how each of them looks now. */
export type Loaded = { changes: readonly Merged[]; shown: Map<number, Shown> };

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
): Promise<Loaded> {
  const first = await loadSummaries(inbox, changes.map(idOf), viewer);
  const moved = movedOn(changes, first);
  const known = new Set(first.map(({ id }) => id));
  const others = moved.map(idOf).filter((id) => !known.has(id));
  const rows = [...first, ...(await loadSummaries(inbox, [...new Set(others)], viewer))];
  const all =
    moved.length === 0 ? changes : [...mergeInto(new Map(), [...changes, ...moved].map(asChange)).values()];
  const visible = new Set(rows.map((row) => row.id));
  const read = all.filter(({ conversationId }) => visible.has(conversationId) && opened(conversationId));
  const loaded = await loadMessages(
    inbox,
    read.flatMap((change) => [...change.messages]),
  );
  const messages = viewer && !seesPhones(viewer) ? loaded.map(maskedMessage) : loaded;
  const eventRows = await loadEvents(
    inbox,
    read.flatMap((change) => [...change.events]),
  );
  const told = toThreadEvents(inbox, eventRows);
  const events = viewer && !seesPhones(viewer) ? told.map(maskedEvent) : told;
  const conversationOf = new Map(eventRows.map((event) => [event.id, event.conversationId]));
  const shown = new Map(
    rows.map((row): [number, Shown] => [
      row.id,
      {
        row,
        messages: messages.filter((message) => message.conversationId === row.id).sort(inThreadOrder),
        events: events.filter((event) => conversationOf.get(event.id) === row.id),
      },
    ]),
  );
  return { changes: all, shown };
}

const idOf = ({ conversationId }: { conversationId: number }) => conversationId;

/** What happened in conversations that others stand for by now, as it is shown in those. */
function movedOn(changes: readonly Merged[], rows: readonly ConversationSummary[]): Merged[] {
  const survivors = new Map(rows.map(({ id, mergedIntoId }) => [id, mergedIntoId]));
  return changes.flatMap((change) => {
    const conversationId = survivors.get(change.conversationId);
    return conversationId === undefined || change.messages.size + change.events.size === 0
      ? []
      : { ...change, conversationId, left: [], redraw: false };
  });
}

function inThreadOrder(a: { orderedAt: number; id: number }, b: { orderedAt: number; id: number }): number {
  return a.orderedAt - b.orderedAt || a.id - b.id;
}
