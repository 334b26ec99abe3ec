import { inArray } from 'drizzle-orm';
import { built, places } from '#src/db/built.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { filledUp, rowsIn } from '#src/db/lookup.ts';
import { events } from '#src/db/schema/inbox/index.ts';
import type { ThreadEvent } from '#src/messages/thread-message.ts';
import type { Viewer } from '#src/people/viewer.ts';

export const eventKinds = [
  'case.opened',
  'case.closed',
  'case.reopened',
  'assigned',
  'unassigned',
  'answer.waived',
  'contact.number_changed',
  'contact.id_changed',
  'contact.device_changed',
  'contact.phone_held_elsewhere',
  'contact.merged',
  'contact.parted',
  'contact.blocked',
  'contact.unblocked',
  'contact.block_too_late',
  'contact.block_failed',
  'contact.unblock_failed',
  'contact.removed_on_phone',
  'consent.given',
  'consent.withdrawn',
  'handover.passed',
  'handover.taken',
] as const satisfies readonly ThreadEvent['kind'][];

export type EventRow = typeof events.$inferSelect;

/** What a viewer did to a conversation, as a row for the batch that does it. */
export function eventRow(
  inbox: Inbox,
  viewer: Viewer,
  event: {
    id: number;
    conversationId: number;
    caseId: number | null;
    at: number;
    kind: ThreadEvent['kind'];
    /** Whom it was assigned to. */
    subjectId?: number;
  },
): Statement {
  const { subjectId, ...row } = event;
  return inbox.sql.insert(events).values({
    ...row,
    ...actorOf(viewer),
    data: JSON.stringify(subjectId === undefined ? {} : { subject_id: subjectId }),
  });
}

function actorOf(viewer: Viewer) {
  return viewer.kind === 'person'
    ? { actorKind: 'person' as const, actorId: viewer.userId }
    : { actorKind: 'api' as const, actorId: viewer.keyId };
}

/** The events as a thread shows them, with the names of their people; kinds nobody has drawn are left out. */
export function toThreadEvents(inbox: Inbox, rows: readonly EventRow[]): ThreadEvent[] {
  const people = rows.flatMap((row) => [row.actorKind === 'person' ? row.actorId : null, subjectOf(row)]);
  const names = loadNames(inbox, people);
  return rows.flatMap((row) => {
    const kind = eventKinds.find((known) => known === row.kind);
    const name = row.actorKind === 'person' ? (names.get(row.actorId) ?? null) : null;
    return kind === undefined
      ? []
      : {
          id: row.id,
          at: row.at,
          kind: kind === 'assigned' && isSelf(row) ? ('taken' as const) : kind,
          actor: { kind: row.actorKind, name },
          subject: names.get(subjectOf(row)) ?? null,
          ...(kind === 'contact.number_changed' ? { phones: phonesOf(row) } : {}),
          ...(kind === 'handover.passed' || kind === 'handover.taken' ? { handover: handoverOf(row) } : {}),
        };
  });
}

/** One event of this conversation each, by id: for live pushes. */
export async function loadEvents(inbox: Inbox, ids: readonly number[]): Promise<EventRow[]> {
  if (ids.length === 0) {
    return [];
  }
  const list = filledUp([...ids]);
  const statement = built(inbox, `events by id ${list.length}`, () =>
    inbox.sql
      .select()
      .from(events)
      .where(inArray(events.id, places(list)))
      .prepare(),
  );
  return await statement.all(Object.fromEntries(list.entries()));
}

function loadNames(inbox: Inbox, ids: readonly (number | null)[]): Map<number | null, string> {
  const wanted = new Set(ids.filter((id) => id !== null));
  const rows = rowsIn(inbox, 'select user_id, name from members where user_id', wanted);
  return new Map(rows.map(([id, name]) => [Number(id), String(name)]));
}

function isSelf(row: EventRow): boolean {
  return row.actorKind === 'person' && row.actorId === subjectOf(row);
}

function phonesOf(row: EventRow): NonNullable<ThreadEvent['phones']> {
  const data = dataOf(row);
  return { from: phoneIn(data.from), to: phoneIn(data.to) };
}

function handoverOf(row: EventRow): NonNullable<ThreadEvent['handover']> {
  const { from, to, summary } = dataOf(row);
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { from: text(from), to: text(to), summary: text(summary) };
}

const phoneIn = (value: unknown) => (typeof value === 'string' ? `+${value.replace(/\D/g, '')}` : null);

function subjectOf(row: EventRow): number | null {
  const { subject_id: id } = dataOf(row);
  return typeof id === 'number' ? id : null;
}

function dataOf({ data }: EventRow): Record<string, unknown> {
  const read = parse(data);
  return typeof read === 'object' && read !== null ? { ...read } : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
