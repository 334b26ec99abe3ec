import { and, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { built } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import { shaped } from '#src/db/shaped.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type SummaryRow, selectSummaries, summaryFields, toSummaries } from './summaries.ts';
import type { ConversationSummary } from './summary.ts';
import { type Phase, phasesOf, type ViewName } from './views.ts';
import { viewerKey, visible } from './visible.ts';

export const LIST_LIMIT = 25;

export type ListPage = { rows: ConversationSummary[]; next: string | null };

/**
 * One page of a view. A page that ends one phase goes on with the next, so a view reads as one list; the
 * cursor names the phase it stopped in. Two or three statements in all, however many rows.
 */
export async function listConversations(
  inbox: Inbox,
  view: ViewName,
  viewer: Viewer,
  { cursor, limit = LIST_LIMIT, now }: { cursor?: string | undefined; limit?: number; now: number },
): Promise<ListPage> {
  const phases = phasesOf(view, viewer, now);
  const [from = 0, ...after] = cursor === undefined ? [] : readCursor(cursor, 3);
  const found: { row: SummaryRow; position: number[] }[] = [];
  for (const [index, phase] of phases.entries()) {
    const missing = limit + 1 - found.length;
    if (index >= from && missing > 0) {
      const rows = await readPage(inbox, viewer, phase, {
        name: `${view} ${index}`,
        after: index === from ? after : [],
        limit: missing,
      });
      found.push(...rows.map((row) => ({ row, position: [index, ...sortValues(row, phase)] })));
    }
  }
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const rows = shown.map(({ row }) => row);
  return { rows: toSummaries(rows, viewer), next: last ? writeCursor(last.position) : null };
}

type Stretch = { name: string; after: readonly number[]; limit: number };

/** A phase that goes by the clock is another one at every moment; the statements of the others are built once. */
async function readPage(
  inbox: Inbox,
  viewer: Viewer,
  phase: Phase,
  { name, after, limit }: Stretch,
): Promise<SummaryRow[]> {
  if (phase.isOfNow) {
    return selectPage(inbox, viewer, phase, after, limit);
  }
  const [value, id] = after;
  const isFirst = value === undefined;
  const statement = built(inbox, `list ${name} ${isFirst} ${viewerKey(viewer)}`, () => {
    const places = isFirst ? [] : [sql.placeholder('value'), sql.placeholder('id')];
    return shaped(inbox, selectPage(inbox, viewer, phase, places, sql.placeholder('limit')), summaryFields);
  });
  return statement.all({ limit, value, id });
}

/** The rows of a phase after the sort values `after` (none: from its beginning), each read through the phase's index. */
export function selectPage(
  inbox: Inbox,
  viewer: Viewer,
  { where, by, descending }: Phase,
  after: readonly (number | Placeholder)[],
  limit: number | Placeholder,
) {
  const column = conversations[by];
  const [value, id] = after;
  const further =
    value === undefined
      ? undefined
      : descending
        ? sql`(${column}, ${conversations.id}) < (${value}, ${id})`
        : sql`(${column}, ${conversations.id}) > (${value}, ${id})`;
  return selectSummaries(inbox, viewer)
    .where(and(where, notMerged, visible(viewer), further))
    .orderBy(
      ...(descending ? [sql`${column} desc`, sql`${conversations.id} desc`] : [column, conversations.id]),
    )
    .limit(limit);
}

const notMerged: SQL = sql`${conversations.mergedIntoId} is null`;

export function sortValues({ conversation }: SummaryRow, phase: Pick<Phase, 'by'>): [number, number] {
  return [conversation[phase.by] ?? 0, conversation.id];
}
