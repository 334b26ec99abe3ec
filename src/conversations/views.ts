import { type SQL, sql } from 'drizzle-orm';
import { type conversationStates, conversations } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';

export const viewNames = [
  'mine',
  'unassigned',
  'all',
  'needs-reply',
  'closing',
  'closed',
  'blocked',
] as const;
export type ViewName = (typeof viewNames)[number];
type ConversationState = (typeof conversationStates)[number];

/** The view of this name, if there is one. */
export const viewOf = (name: string | undefined): ViewName | undefined =>
  viewNames.find((view) => view === name);

/** The view that an address without one leads to: where its viewer would look for it. */
export function bestView(
  { state, assigneeId }: { state: ConversationState; assigneeId: number | null },
  viewer: Pick<Viewer, 'kind'> & { userId?: number },
): ViewName {
  if (state === 'closed') {
    return 'closed';
  } else if (assigneeId === null) {
    return 'unassigned';
  } else {
    return viewer.kind === 'person' && viewer.userId === assigneeId ? 'mine' : 'all';
  }
}

/** "Closing" lists who can no longer be answered freely in this time. */
export const CLOSING_MS = 4 * 60 * 60 * 1000;

/** A stretch of a list with one order, which one index serves. */
export type Phase = {
  where: SQL;
  by: 'waitingSince' | 'lastArrivedAt' | 'windowExpiresAt';
  descending: boolean;
  /** Its condition holds for the moment it was made for. */
  isOfNow?: true;
};

const { state, assigneeId, contactId, waitingSince, windowExpiresAt } = conversations;

// The states are written into the statements: the partial indexes serve only conditions known in advance.
const open = sql`${state} = 'open'`;
const waiting = sql`${waitingSince} is not null`;

/** Unless told that `open` excludes little, the planner takes the index on the state and sorts all that is open. */
export const openAndWaiting = sql`likely(${open}) and ${waiting}`;

/**
 * Few people are blocked: they are found by an index of their own, and only then sorted. A conversation stays with the
 * contact it began with, so those of everybody who was merged with the blocked one belong here too.
 */
const blocked = sql`${contactId} in (
  select coalesce(merged_into_id, id) from contacts where blocked_at is not null
  union
  select merged.id from contacts
  join contacts as merged on merged.merged_into_id = coalesce(contacts.merged_into_id, contacts.id)
  where contacts.blocked_at is not null
)`;

/** What a view shows, in order: first who waits, the longest first, then the answered, the newest first. */
export function phasesOf(view: ViewName, viewer: Viewer, now: number): Phase[] {
  switch (view) {
    case 'mine':
      return waitingThenAnswered(sql`${assigneeId} = ${viewer.kind === 'person' ? viewer.userId : 0}`);
    case 'unassigned':
      return waitingThenAnswered(sql`${assigneeId} is null`);
    case 'needs-reply':
      return [{ where: openAndWaiting, by: 'waitingSince', descending: false }];
    case 'closing':
      return [{ where: closingAt(now), by: 'windowExpiresAt', descending: false, isOfNow: true }];
    case 'all':
      return [{ where: open, by: 'lastArrivedAt', descending: true }];
    case 'closed':
      return [{ where: sql`${state} = 'closed'`, by: 'lastArrivedAt', descending: true }];
    case 'blocked':
      return [{ where: blocked, by: 'lastArrivedAt', descending: true }];
  }
}

function waitingThenAnswered(whose: SQL): Phase[] {
  return [
    { where: sql`${whose} and ${open} and ${waiting}`, by: 'waitingSince', descending: false },
    { where: sql`${whose} and ${open} and ${waitingSince} is null`, by: 'lastArrivedAt', descending: true },
  ];
}

function closingAt(now: number): SQL {
  return sql`${openAndWaiting} and ${windowExpiresAt} > ${now} and ${windowExpiresAt} <= ${now + CLOSING_MS}`;
}
