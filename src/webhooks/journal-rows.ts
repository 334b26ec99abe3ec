import type { Statement } from '#src/db/database.ts';
import { forEachRow, insertRows } from '#src/db/rows.ts';
import { type journal, journalItems } from '#src/db/schema/inbox/journal.ts';
import type { LiveChange } from '#src/live/change.ts';
import type { Run } from './run.ts';
import type { BadItem, Item } from './understand.ts';

export type PendingRow = Pick<typeof journal.$inferSelect, 'id' | 'field' | 'raw' | 'receivedAt'>;

/** In these words, so that SQLite sees that the index of open rows serves. */
export const IS_PENDING = "state <> 'done' and state = 'pending'";

/** A journal row with its items. */
export type Opened = { row: PendingRow; items: Item[] };

/** Marks rows as taken in: wholly, partly, or (when none of their items could be) not at all. */
export function markRows(opened: readonly Opened[], bad: readonly BadItem[], now: number): Statement[] {
  const badOf = Map.groupBy(bad, ({ item }) => item.arrival.journalId);
  const [done, others] = [
    opened.filter(({ row }) => !badOf.has(row.id)),
    opened.filter(({ row }) => badOf.has(row.id)),
  ];
  const marks = others.map(({ row, items: all }) => {
    const failed = badOf.get(row.id) ?? [];
    return [failed.length === all.length ? 'failed' : 'partly', now, failed[0]?.error ?? null, row.id];
  });
  const items = bad.map(({ item, error }) => ({
    journalId: item.arrival.journalId,
    position: item.update.position,
    error,
  }));
  return [
    ...forEachRow(
      "update journal set state = 'done', done_at = ?, error = null where id = ?",
      done.map(({ row }) => [now, row.id]),
    ),
    ...forEachRow('update journal set state = ?, done_at = ?, error = ? where id = ?', marks),
    ...insertRows(
      journalItems,
      items,
      'on conflict (journal_id, position) do update set error = excluded.error',
    ),
  ];
}

/** What a run changed on screens. What is in a conversation that was merged is shown in the surviving one. */
export function changesOf({ made, conversations }: Run): LiveChange[] {
  const changes = new Map<number, Required<LiveChange>>();
  for (const [id, { messages, events, left, redraw }] of made.touched) {
    const conversationId = conversations.get(id)?.mergedIntoId ?? id;
    const known = changes.get(conversationId);
    changes.set(conversationId, {
      conversationId,
      messages: [...(known?.messages ?? []), ...messages],
      events: [...(known?.events ?? []), ...events],
      left: [...(known?.left ?? []), ...left],
      redraw: redraw || (known?.redraw ?? false),
    });
  }
  const gone = made.hidden.map(({ id, assigneeId, teamId }) => ({
    conversationId: id,
    left: [{ assigneeId, teamId }],
    redraw: true,
  }));
  return [...changes.values(), ...gone];
}
