/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import type { UploadParts } from '#src/attachments/upload.ts';
import { isMultipart } from '#src/attachments/upload-form.ts';
import { createUploadPlaces } from '#src/attachments/upload-places.ts';
import { findConversation, idFrom, parseId } from '#src/conversations/conversation.ts';
import { viewOf } from '#src/conversations/views.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { Invalid, NotFound, Problem } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import { demand } from '#src/people/permission.ts';
import { createSearchLimits } from '#src/search/limits.ts';
import type { SearchPageServices } from '#src/search/load-search.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { sendingPath } from '#views/sending/path.ts';
import { SendingPage } from '#views/sending/sending-page.tsx';
import { words } from '#views/words/words.ts';
import { composeMessage } from './compose.ts';
import { AnsweredMeanwhile } from './compose-collision.ts';
import { isOfUsedKey } from './compose-key.ts';
import { tellDraft } from './draft-tell.ts';
import { takeFilledForm } from './filled-form.ts';
import { type Filling, loadSendingPage } from './load-sending-page.ts';
import {
  type Filled,
  readSendingForm,
  type SendingKind,
  type SendingValues,
  sendingKindOf,
} from './sending-form.ts';
import { HEADING, headingIn } from './sending-heading.ts';
import { previewMessage, type SendingPreview } from './sending-preview.ts';

type SendingServices = SessionServices &
  SearchPageServices &
  UploadParts &
  Pick<Services, 'live'> & { delivery: Pick<Services['delivery'], 'poke'> };

const SEARCHES_A_SECOND = 4;
const One = t.Object({ id: t.String(), kind: t.String({ maxLength: 40 }) });
const Query = t.Object({
  back: t.Optional(t.String({ maxLength: 40 })),
  quote: t.Optional(t.String({ maxLength: 20 })),
  q: t.Optional(t.String({ maxLength: 4_000 })),
  contact: t.Optional(t.String({ maxLength: 20 })),
});

const NOTHING_WRONG = { errors: {}, collision: undefined, needsKey: false };

type Said = Omit<Filling, 'values'>;
type Asked = { request: Request; viewer: PersonViewer; conversationId: number; kind: SendingKind };
type Form = Filled & { values: SendingValues; refusal: string | undefined };

/** The forms of what can be sent besides text and files: pages, each loaded when somebody wants to send it. */
export const sending = (services: SendingServices) => {
  const { now } = services;
  const limits = createSearchLimits({ now, perSecond: SEARCHES_A_SECOND });
  const places = createUploadPlaces();

  /** The form again, as it was filled in: with the reason, or as the customer would see it. */
  async function again(
    { viewer, conversationId, kind }: Asked,
    { values }: Form,
    said: Said,
  ): Promise<Response> {
    const { back, quoted: quote } = values;
    const wanted = { conversationId, kind, back, quote, filled: { values, ...said } };
    const props = await loadSendingPage(services, limits, viewer, wanted);
    return page(<SendingPage {...props} />, { status: said.shown === null ? 422 : 200 });
  }

  /** Does what the form is for, in the conversation's inbox. */
  async function answer(
    asked: Asked,
    work: (inbox: Inbox, form: Form) => Promise<Response | SendingPreview>,
  ): Promise<Response> {
    const form = await takeForm(services, asked);
    try {
      if (form.refusal !== undefined) {
        throw new Invalid({ 'interactive.header': form.refusal });
      }
      const done = await services.accounts.use(asked.viewer.accountId, (inbox) => work(inbox, form));
      return done instanceof Response ? done : again(asked, form, { ...NOTHING_WRONG, shown: done });
    } catch (error) {
      return again(asked, form, {
        errors: reasons(error, form.fieldOf),
        collision: collisionOf(error),
        needsKey: isOfUsedKey(error),
        shown: null,
      });
    }
  }

  /** Only a form with files in it takes a place among what is uploaded at once. */
  const inPlace = (asked: Asked, work: () => Promise<Response>) =>
    isMultipart(asked.request) ? places.in(asked.viewer, work) : work();

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
      ({ request, viewer, params }) => {
        const asked = { request, viewer, conversationId: idFrom(params.id), kind: kindFrom(params.kind) };
        return inPlace(asked, () => answer(asked, (inbox, form) => send(services, inbox, asked, form)));
      },
      { params: One, parse: 'none' },
    )
    .get(
      '/conversations/:id/messages/:kind/preview',
      // Where a browser is that loads a preview anew, or from its history, without what was filled in.
      ({ params }) => seeOther(sendingPath(idFrom(params.id), kindFrom(params.kind))),
      { params: One },
    )
    .post(
      '/conversations/:id/messages/:kind/preview',
      ({ request, viewer, params }) => {
        const [conversationId, kind] = [idFrom(params.id), kindFrom(params.kind)];
        const asked = { request, viewer, conversationId, kind };
        return inPlace(asked, () =>
          answer(asked, (inbox, { text, content }) => {
            if (content.kind !== 'interactive') {
              throw new NotFound(`there is no preview of ${kind}`);
            }
            return previewMessage(inbox, { conversationId, text, content }, viewer);
          }),
        );
      },
      { params: One, parse: 'none' },
    );
};

/** What the form holds, with its file taken in. Throws `NotFound`, `Forbidden` before a byte of it is read. */
async function takeForm(services: SendingServices, asked: Asked): Promise<Form> {
  const { request, viewer, conversationId, kind } = asked;
  const { fields, refusals } = await services.accounts.use(viewer.accountId, async (inbox) => {
    await findConversation(inbox, conversationId, viewer);
    demand(viewer, 'messages.send');
    return takeFilledForm(services, inbox, request, { conversationId, viewer, takesFile });
  });
  const values = Object.fromEntries(fields);
  const refusal = headingIn(values) === 'file' ? refusals.get(HEADING) : undefined;
  return { ...readSendingForm(kind, values), values, refusal };
}

/** Browsers send the choice of the heading before its file; when it comes after, the file is here already. */
const takesFile = (fields: ReadonlyMap<string, string>): boolean => (fields.get('heading') ?? 'file') === 'file';

async function send(
  { live, delivery, now }: SendingServices,
  inbox: Inbox,
  { viewer, conversationId }: Asked,
  { text, content, values }: Form,
): Promise<Response> {
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
  const { change, draft } = await composeMessage(inbox, message, viewer, now());
  if (draft) {
    tellDraft(live, viewer, draft);
  }
  delivery.poke(viewer.accountId);
  await live.publish(inbox, [change]);
  return seeOther(conversationPath(conversationId, viewOf(values.back)));
}

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
  } else if (isOfUsedKey(error)) {
    return { send: words.sending.sentOtherwise };
  } else if (error instanceof Problem && error.status === 422) {
    return { send: `${error.title} ${error.detail}` };
  }
  throw error;
}
