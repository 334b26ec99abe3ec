/** @jsxImportSource preact */
import { type Asked, answer as answerDone } from '#src/conversations/answer.tsx';
import { loadPage, type PageServices } from '#src/conversations/load-page.ts';
import { viewOf } from '#src/conversations/views.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { Invalid, Problem } from '#src/errors.ts';
import { fragment, page, wantsFragment } from '#src/http/page.ts';
import type { LiveChange } from '#src/live/change.ts';
import type { ComposerForm } from '#views/inbox/composer.tsx';
import { InboxPage } from '#views/inbox/inbox-page.tsx';
import { ComposerPush } from '#views/live/push.tsx';
import { words } from '#views/words/words.ts';
import { AnsweredMeanwhile } from './compose-collision.ts';
import { isOfUsedKey } from './compose-key.ts';
import type { Delivery } from './delivery.ts';

export type AnswerServices = PageServices & { delivery: Pick<Delivery, 'poke'> };

/** Does something to a message, sets delivery going, and answers as every change is answered. */
export function answer(
  services: AnswerServices,
  asked: Asked,
  verb: (inbox: Inbox) => Promise<LiveChange>,
): Promise<Response> {
  return answerDone(services, asked, async (inbox) => {
    const change = await verb(inbox);
    services.delivery.poke(inbox.accountId);
    return { conversationId: change.conversationId, changes: [change] };
  });
}

type Refused = Asked & {
  conversationId: number;
  back: string | undefined;
  /** The message being answered. */
  quote: string | undefined;
  /** What was typed, to be kept. */
  text: string;
  preview?: string | undefined;
  error: unknown;
};

/** A refused message stands in the box again, with the reason beside it. What is no refusal is thrown on. */
export async function refuse(services: AnswerServices, refused: Refused): Promise<Response> {
  const { request, viewer, conversationId, back, quote, text, preview, error } = refused;
  const form = { values: { text, preview: Boolean(preview) }, ...reasons(error) };
  const view = viewOf(back) ?? 'all';
  const props = await loadPage(services, viewer, {
    view,
    id: String(conversationId),
    pane: 'thread',
    quote: quote ?? '',
    form,
  });
  const { open, composerKey, now, quoting = null, draft } = props;
  const { timeZone } = props.account;
  return wantsFragment(request) && open
    ? fragment(
        <ComposerPush
          {...{ view, viewer, composerKey, form, quoting, draft, now, timeZone }}
          row={open.summary}
          seenId={Math.max(form.collision?.messageId ?? 0, open.summary.lastMessage?.id ?? 0)}
        />,
        { status: 422 },
      )
    : page(<InboxPage {...props} />, { status: 422 });
}

function reasons(error: unknown): Pick<ComposerForm, 'errors' | 'collision'> {
  if (error instanceof AnsweredMeanwhile) {
    return { errors: {}, collision: error.collision };
  } else if (error instanceof Invalid) {
    return { errors: { ...error.fields } };
  } else if (isOfUsedKey(error)) {
    return { errors: { text: words.sentOtherwise } };
  } else if (error instanceof Problem && error.status === 422) {
    return { errors: { text: `${error.title} ${error.detail}` } };
  }
  throw error;
}
