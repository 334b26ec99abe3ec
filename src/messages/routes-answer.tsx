/** @jsxImportSource preact */
import { loadEvents, toThreadEvents } from '#src/conversations/events.ts';
import { loadPage, type PageServices } from '#src/conversations/load-page.ts';
import { loadSummaries } from '#src/conversations/summaries.ts';
import { viewNames } from '#src/conversations/views.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { Invalid, Problem } from '#src/errors.ts';
import { fragment, page, wantsFragment } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { LiveChange } from '#src/live/change.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { InboxPage } from '#views/inbox/inbox-page.tsx';
import { conversationPath } from '#views/inbox/view.ts';
import { ComposerPush, EventPush, HeadPush, MessagePush, RowPush } from '#views/live/push.tsx';
import type { Delivery } from './delivery.ts';
import { loadMessages } from './load.ts';

export type AnswerServices = PageServices & { delivery: Pick<Delivery, 'poke'> };
export type Asked = { request: Request; viewer: Extract<Viewer, { kind: 'person' }> };

/**
 * Does something to a message, sets delivery going, tells every screen, and answers: a plain form is sent back
 * to the conversation, htmx gets the parts that look different now.
 */
export function answer(
  { accounts, delivery, live, now }: AnswerServices,
  { request, viewer, back }: Asked & { back?: string | undefined },
  verb: (inbox: Inbox) => Promise<LiveChange>,
): Promise<Response> {
  return accounts.use(viewer.accountId, async (inbox) => {
    const change = await verb(inbox);
    delivery.poke(viewer.accountId);
    await live.publish(inbox, [change]);
    return wantsFragment(request)
      ? fragment(await draw(inbox, change, viewer, now()))
      : seeOther(conversationPath(change.conversationId, viewOf(back)));
  });
}

async function draw(inbox: Inbox, change: LiveChange, viewer: Viewer, now: number) {
  const { conversationId: id, messages = [], events = [] } = change;
  const [row] = await loadSummaries(inbox, [id], viewer);
  const shown = await loadMessages(inbox, messages);
  const lines = await toThreadEvents(inbox, await loadEvents(inbox, events));
  return row === undefined
    ? []
    : [
        ...lines.map((event) => <EventPush key={event.id} event={event} conversationId={id} />),
        ...shown.map((message) => <MessagePush key={message.id} message={message} />),
        <HeadPush key="head" row={row} now={now} />,
        <RowPush key="row" row={row} now={now} />,
      ];
}

type Refused = Asked & {
  conversationId: number;
  back: string | undefined;
  /** The message being answered. */
  quote: string | undefined;
  /** What was typed, to be kept. */
  text: string;
  error: unknown;
};

/** A refused message stands in the box again, with the reason beside it. What is no refusal is thrown on. */
export async function refuse(services: AnswerServices, refused: Refused): Promise<Response> {
  const { request, viewer, conversationId, back, quote, text, error } = refused;
  const errors = reasons(error);
  const form = { values: { text }, errors };
  const view = viewOf(back) ?? 'all';
  const props = await loadPage(services, viewer, {
    view,
    id: String(conversationId),
    pane: 'thread',
    quote,
    form,
  });
  const { open, composerKey, now, quoting = null } = props;
  const { timeZone } = props.account;
  return wantsFragment(request) && open
    ? fragment(
        <ComposerPush {...{ view, viewer, composerKey, form, quoting, now, timeZone }} row={open.summary} />,
        { status: 422 },
      )
    : page(<InboxPage {...props} />, { status: 422 });
}

function reasons(error: unknown): Record<string, string> {
  if (error instanceof Invalid) {
    return { ...error.fields };
  } else if (error instanceof Problem && error.status === 422) {
    return { text: `${error.title} ${error.detail}` };
  }
  throw error;
}

const viewOf = (back: string | undefined) => viewNames.find((name) => name === back);
