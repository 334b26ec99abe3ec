/** @jsxImportSource preact */
import type { Inbox } from '#src/db/inbox.ts';
import { fragment, wantsFragment } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { LiveChange } from '#src/live/live.ts';
import { loadMessages } from '#src/messages/load.ts';
import { maskedEvent, maskedMessage } from '#src/messages/masked-message.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { EventPush, HeadPush, MessagePush, RowPush } from '#views/live/push.tsx';
import { loadEvents, toThreadEvents } from './events.ts';
import { seesPhones } from './masking.ts';
import { loadSummaries } from './summaries.ts';
import { viewOf } from './views.ts';

export type Asked = {
  request: Request;
  viewer: Extract<Viewer, { kind: 'person' }>;
  /** The view to go back to. */
  back?: string | undefined;
};

/** What was done, and to which conversation; nothing when it was so already. */
export type Done = { conversationId: number; changes: readonly LiveChange[] };

/**
 * Does something in a conversation, tells every screen, and answers: a plain form is sent back to the page,
 * htmx gets the parts that look different now.
 */
export function answer(
  { accounts, live, now }: Pick<Services, 'accounts' | 'live' | 'now'>,
  { request, viewer, back }: Asked,
  verb: (inbox: Inbox) => Promise<Done>,
): Promise<Response> {
  return accounts.use(viewer.accountId, async (inbox) => {
    const done = await verb(inbox);
    await live.publish(inbox, [...done.changes]);
    // Read before drawing: a page that has seen pushes beyond it must not be set back by this answer.
    const headers = { 'live-position': live.position(viewer.accountId) };
    return wantsFragment(request)
      ? fragment(await draw(inbox, done, viewer, now()), { headers })
      : seeOther(conversationPath(done.conversationId, viewOf(back)));
  });
}

/** Nothing is drawn of what its viewer has just given away. */
async function draw(inbox: Inbox, { conversationId, changes }: Done, viewer: Viewer, now: number) {
  const [row] = await loadSummaries(inbox, [conversationId], viewer);
  if (row === undefined) {
    return [];
  }
  const isMasked = !seesPhones(viewer);
  const loaded = await loadMessages(
    inbox,
    changes.flatMap((change) => change.messages ?? []),
  );
  const messages = isMasked ? loaded.map(maskedMessage) : loaded;
  const eventIds = changes.flatMap((change) => change.events ?? []);
  const told = toThreadEvents(inbox, await loadEvents(inbox, eventIds));
  const events = isMasked ? told.map(maskedEvent) : told;
  return [
    ...events.map((event) => <EventPush key={event.id} event={event} conversationId={conversationId} />),
    ...messages.map((message) => <MessagePush key={message.id} message={message} />),
    <HeadPush key="head" row={row} now={now} />,
    <RowPush key="row" row={row} now={now} />,
  ];
}
