import { and, type SQL, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { conversationStates, conversations } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { selectPage, sortValues } from './list.ts';
import { toSummaries, withIdentities } from './summaries.ts';
import type { IdentifiedSummary } from './summary.ts';
import type { Phase } from './views.ts';

export type ConversationState = (typeof conversationStates)[number];

export type Filter = {
  state?: ConversationState | undefined;
  /** A member's id, or `none` for what nobody has taken. */
  assignee?: number | 'none' | undefined;
};

/** Conversations of any state and assignee, the newest activity first. */
export async function filterConversations(
  inbox: Inbox,
  filter: Filter,
  viewer: Viewer,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ rows: IdentifiedSummary[]; next: string | null }> {
  const after = cursor === undefined ? [] : readCursor(cursor, 2);
  const stretches = [];
  for (const where of conditionsOf(filter)) {
    stretches.push(await selectPage(inbox, viewer, { ...newestFirst, where }, after, limit + 1));
  }
  const found = stretches
    .flat()
    .sort((a, b) => compare(sortValues(b, newestFirst), sortValues(a, newestFirst)));
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  return {
    rows: withIdentities(inbox, toSummaries(shown, viewer), viewer),
    next: last ? writeCursor(sortValues(last, newestFirst)) : null,
  };
}

export const newestFirst: Omit<Phase, 'where'> = { by: 'lastArrivedAt', descending: true };

/** One condition for each stretch of an index to read: conversations are in order within a state only. */
export function conditionsOf({ state, assignee }: Filter): SQL[] {
  const states = state === undefined ? conversationStates : [state];
  return states.map((one) => and(sql`${conversations.state} = ${one}`, assigneeIs(assignee)) ?? sql`1`);
}

function assigneeIs(assignee: Filter['assignee']): SQL | undefined {
  if (assignee === undefined) {
    return undefined;
  } else if (assignee === 'none') {
    return sql`${conversations.assigneeId} is null`;
  } else {
    return sql`${conversations.assigneeId} = ${assignee}`;
  }
}

function compare([at, id]: [number, number], [otherAt, otherId]: [number, number]): number {
  return at - otherAt || id - otherId;
}
