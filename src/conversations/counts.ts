import { type SQL, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { openAndWaiting } from './views.ts';
import { visible } from './visible.ts';

/** Beyond this a count says "99+", and counting stops. */
export const COUNT_LIMIT = 100;

export type WaitingCounts = Record<'mine' | 'unassigned' | 'all', number>;

/** How many customers wait in each view, each counted to `COUNT_LIMIT` at most. */
export async function countWaiting({ objects }: Inbox, viewer: Viewer): Promise<WaitingCounts> {
  const userId = viewer.kind === 'person' ? viewer.userId : 0;
  const [counts] = objects<WaitingCounts>(sql`select
    ${counted(viewer, sql`${assigneeId} = ${userId} and ${state} = 'open' and ${waitingSince} is not null`)} as mine,
    ${counted(viewer, sql`${assigneeId} is null and ${state} = 'open' and ${waitingSince} is not null`)} as unassigned,
    ${counted(viewer, openAndWaiting)} as "all"`);
  return counts ?? { mine: 0, unassigned: 0, all: 0 };
}

const { assigneeId, state, waitingSince, mergedIntoId } = conversations;

function counted(viewer: Viewer, condition: SQL): SQL {
  return sql`(select count(*) from (select 1 from ${conversations}
    where ${condition} and ${mergedIntoId} is null and ${visible(viewer)} limit ${COUNT_LIMIT}))`;
}
