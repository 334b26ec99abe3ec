import type { Inbox } from '#src/db/inbox.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { type AccountEvent, noticeFor } from './account-event.ts';

/** What those who look after the account are told above their inbox, with the name of the number it is about. */
export function loadNotice(
  inbox: Inbox,
  viewer: Viewer,
): { event: AccountEvent; name: string | null } | null {
  const event = noticeFor(inbox, viewer);
  if (event === null) {
    return null;
  }
  const [row] =
    event.numberId === null ? [] : inbox.rows('select name from numbers where id = ?', [event.numberId]);
  return { event, name: typeof row?.[0] === 'string' ? row[0] : null };
}
