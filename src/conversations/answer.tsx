/** @jsxImportSource preact */
import type { Inbox } from '#src/db/inbox.ts';
import { fragment, wantsFragment } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { LiveChange } from '#src/live/live.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { EventPush, HeadPush, RowPush } from '#views/live/push.tsx';
import { findConversation } from './conversation.ts';
import { loadEvents, toThreadEvents } from './events.ts';
import { loadSummaries } from './summaries.ts';
import { viewNames } from './views.ts';

type Asked = {
  request: Request;
  viewer: Viewer;
  id: number /** The view to go back to. */;
  back: string | undefined;
};
type Verb = (inbox: Inbox, conversationId: number) => Promise<LiveChange[]>;

/**
 * Does something to a conversation, tells every screen, and answers: a plain form is sent back to the page,
 * htmx gets the parts that look different now.
 */
export function answer(
  { accounts, live, now }: Pick<Services, 'accounts' | 'live' | 'now'>,
  { request, viewer, id: asked, back }: Asked,
  verb: Verb,
): Promise<Response> {
  return accounts.use(viewer.accountId, async (inbox) => {
    const { id } = await findConversation(inbox, asked, viewer);
    const changes = await verb(inbox, id);
    await live.publish(inbox, changes);
    // Read before drawing: a page that has seen pushes beyond it must not be set back by this answer.
    const headers = { 'live-position': live.position(viewer.accountId) };
    return wantsFragment(request)
      ? fragment(await draw(inbox, id, viewer, changes, now()), { headers })
      : seeOther(
          conversationPath(
            id,
            viewNames.find((name) => name === back),
          ),
        );
  });
}

/** Nothing is drawn of what its viewer has just given away. */
async function draw(inbox: Inbox, id: number, viewer: Viewer, changes: readonly LiveChange[], now: number) {
  const [row] = await loadSummaries(inbox, [id], viewer);
  const eventIds = changes.flatMap(({ events = [] }) => [...events]);
  const events = await toThreadEvents(inbox, await loadEvents(inbox, eventIds));
  return row === undefined
    ? []
    : [
        ...events.map((event) => <EventPush key={event.id} event={event} conversationId={id} />),
        <HeadPush key="head" row={row} now={now} />,
        <RowPush key="row" row={row} now={now} />,
      ];
}
