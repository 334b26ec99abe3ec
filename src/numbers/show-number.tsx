/** @jsxImportSource preact */
import { findAccount } from '#src/accounts/find-account.ts';
import { readCursor, writeCursor } from '#src/conversations/cursor.ts';
import type { Problem } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import { demand } from '#src/people/permission.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { NumberPage } from '#views/numbers/number-page.tsx';
import { listAccountEvents } from './account-event.ts';
import { findStanding } from './standing.ts';
import { FREE_SERVICE_MESSAGES, loadUse } from './use.ts';

const PAGE = 50;

type Shown = {
  id: number;
  /** Where the events begin; without it, with the newest. */
  cursor?: string | undefined;
  /** Why its phone was asked for nothing. */
  problem?: Problem;
};

/** The page of a number. Throws `NotFound`, `Forbidden`, and `Invalid` for a cursor that is none. */
export async function showNumber(
  { accounts, control, now }: SessionServices,
  viewer: PersonViewer,
  { id, cursor, problem }: Shown,
): Promise<Response> {
  demand(viewer, 'settings.manage');
  const account = await findAccount(control, viewer.accountId, viewer);
  const [at, eventId] = cursor === undefined ? [] : readCursor(cursor, 2, 'cursor');
  const before = at === undefined || eventId === undefined ? undefined : { at, id: eventId };
  const shown = await accounts.use(viewer.accountId, async (inbox) => {
    const number = await findStanding(inbox, id);
    const { events, hasMore } = await listAccountEvents(inbox, number, { before, limit: PAGE });
    const last = events.at(-1);
    return {
      number,
      events,
      next: hasMore && last ? writeCursor([last.at, last.id]) : null,
      use: await loadUse(inbox, number.id, now()),
    };
  });
  const props = { viewer, account, freeMessages: FREE_SERVICE_MESSAGES, now: now(), ...shown };
  return page(<NumberPage {...props} problem={problem ?? null} />, problem ? { status: 422 } : {});
}
