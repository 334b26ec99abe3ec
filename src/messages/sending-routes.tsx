/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { idFrom, parseId } from '#src/conversations/conversation.ts';
import { viewOf } from '#src/conversations/views.ts';
import { Invalid, NotFound, Problem } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { createSearchLimits } from '#src/search/limits.ts';
import type { SearchPageServices } from '#src/search/load-search.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { SendingPage } from '#views/sending/sending-page.tsx';
import { words } from '#views/words/words.ts';
import { composeMessage } from './compose.ts';
import { AnsweredMeanwhile } from './compose-collision.ts';
import { tellDraft } from './draft-tell.ts';
import { loadSendingPage } from './load-sending-page.ts';
import { readSendingForm, sendingKindOf } from './sending-form.ts';

type SendingServices = SessionServices &
  SearchPageServices &
  Pick<Services, 'live'> & { delivery: Pick<Services['delivery'], 'poke'> };

const SEARCHES_A_SECOND = 4;
const One = t.Object({ id: t.String(), kind: t.String({ maxLength: 40 }) });
const Query = t.Object({
  back: t.Optional(t.String({ maxLength: 40 })),
  quote: t.Optional(t.String({ maxLength: 20 })),
  q: t.Optional(t.String({ maxLength: 4_000 })),
  contact: t.Optional(t.String({ maxLength: 20 })),
});
/** Every field is text; what is too long is answered with the limit, so what arrives may be longer. */
const Form = t.Record(t.String({ maxLength: 40 }), t.String({ maxLength: 70_000 }));

/** The forms of what can be sent besides text and files: pages, each loaded when somebody wants to send it. */
export const sending = (services: SendingServices) => {
  const { accounts, delivery, live, now } = services;
  const limits = createSearchLimits({ now, perSecond: SEARCHES_A_SECOND });

  return new Elysia({ name: 'sending' })
    .use(session(services))
    .get(
      '/conversations/:id/messages/:kind',
      async ({ viewer, params, query }) => {
        const wanted = { conversationId: idFrom(params.id), kind: kindFrom(params.kind), ...query };
        return page(<SendingPage {...(await loadSendingPage(services, limits, viewer, wanted))} />);
      },
      { params: One, query: Query },
    )
    .post(
      '/conversations/:id/messages/:kind',
      async ({ viewer, params, body: values }) => {
        const [conversationId, kind] = [idFrom(params.id), kindFrom(params.kind)];
        const { text, content, fieldOf } = readSendingForm(kind, values);
        const quotedId = parseId(values.quoted ?? '');
        const seenId = parseId(values.seen ?? '');
        const message = {
          conversationId,
          text,
          content,
          key: (values.key ?? '').slice(0, 128) || crypto.randomUUID(),
          keyOwner: `person:${viewer.userId}`,
          origin: 'inbox' as const,
          ...(quotedId === null ? {} : { quotedId }),
          ...(seenId === null ? {} : { seenId }),
        };
        try {
          await accounts.use(viewer.accountId, async (inbox) => {
            const { change, draft } = await composeMessage(inbox, message, viewer, now());
            if (draft) {
              tellDraft(live, viewer, draft);
            }
            delivery.poke(viewer.accountId);
            await live.publish(inbox, [change]);
          });
          return seeOther(conversationPath(conversationId, viewOf(values.back)));
        } catch (error) {
          const refused = { values, errors: reasons(error, fieldOf), collision: collisionOf(error) };
          const wanted = { conversationId, kind, back: values.back, quote: values.quoted, refused };
          const props = await loadSendingPage(services, limits, viewer, wanted);
          return page(<SendingPage {...props} />, { status: 422 });
        }
      },
      { params: One, body: Form },
    );
};

function kindFrom(name: string) {
  const kind = sendingKindOf(name);
  if (kind === undefined) {
    throw new NotFound(`nothing is sent as ${name}`);
  }
  return kind;
}

const collisionOf = (error: unknown) =>
  error instanceof AnsweredMeanwhile ? error.collision.messageId : undefined;

/** By field of the form. What is no refusal is thrown on. */
function reasons(error: unknown, fieldOf: (path: string) => string): Record<string, string> {
  if (error instanceof AnsweredMeanwhile) {
    return { send: words.sending.answeredMeanwhile(error.collision.author.name) };
  } else if (error instanceof Invalid) {
    return Object.fromEntries(Object.entries(error.fields).map(([path, why]) => [fieldOf(path), why]));
  } else if (error instanceof Problem && error.status === 422) {
    return { send: `${error.title} ${error.detail}` };
  }
  throw error;
}
