import { type SQL, sql } from 'drizzle-orm';
import { built } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { textOf } from '#src/db/objects.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { openAndWaiting } from './views.ts';
import { viewerKey, visible } from './visible.ts';

/** Beyond this a count says "99+", and counting stops. */
export const COUNT_LIMIT = 100;

export type WaitingCounts = Record<'mine' | 'unassigned' | 'all', number>;

/** How many customers wait in each view, each counted to `COUNT_LIMIT` at most. */
export function countWaiting(inbox: Inbox, viewer: Viewer): WaitingCounts {
  const statement = built(inbox, `counts ${viewerKey(viewer)}`, () => textOf(selectCounts(viewer)));
  const [[mine, unassigned, all] = []] = inbox.rows(statement.sql, statement.params);
  return { mine: Number(mine), unassigned: Number(unassigned), all: Number(all) };
}

function selectCounts(viewer: Viewer): SQL {
  const userId = viewer.kind === 'person' ? viewer.userId : 0;
  return sql`select
    ${counted(viewer, sql`${assigneeId} = ${userId} and ${state} = 'open' and ${waitingSince} is not null`)},
    ${counted(viewer, sql`${assigneeId} is null and ${state} = 'open' and ${waitingSince} is not null`)},
    ${counted(viewer, openAndWaiting)}`;
}

const { assigneeId, state, waitingSince, mergedIntoId } = conversations;

function counted(viewer: Viewer, condition: SQL): SQL {
  return sql`(select count(*) from (select 1 from ${conversations}
    where ${condition} and ${mergedIntoId} is null and ${visible(viewer)} limit ${COUNT_LIMIT}))`;
}
