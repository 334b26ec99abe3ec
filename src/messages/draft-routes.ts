import { Elysia, t } from 'elysia';
import { idFrom, parseId } from '#src/conversations/conversation.ts';
import { viewOf } from '#src/conversations/views.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { Live } from '#src/live/live.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { type Draft, findDraft, saveDraft } from './draft.ts';
import { tellDraft } from './draft-tell.ts';
import { FileIds, readFileIds } from './routes-file-ids.ts';

/** As long as what may be typed into a message. */
const LONGEST_TYPED = 300_000;
const OfOne = t.Object({ id: t.String() });
const Typed = t.Object({
  text: t.String({ maxLength: LONGEST_TYPED }),
  key: t.String({ maxLength: 128 }),
  revision: t.String({ pattern: '^\\d{1,15}$' }),
  quoted: t.Optional(t.String({ maxLength: 20 })),
  files: t.Optional(FileIds),
  back: t.Optional(t.String()),
});

type DraftServices = SessionServices & { live: Pick<Live, 'tell'> };

/** What a person has begun to write: kept while they type, and the same in all their tabs. */
export const drafts = (services: DraftServices) => {
  const { accounts, live, now } = services;

  return new Elysia({ name: 'drafts' })
    .use(session(services))
    .get(
      '/conversations/:id/draft',
      async ({ viewer, params }) =>
        asJson(await accounts.use(viewer.accountId, (inbox) => findDraft(inbox, idFrom(params.id), viewer))),
      { params: OfOne },
    )
    .post(
      '/conversations/:id/draft',
      async ({ request, viewer, params, body }) => {
        const { text, key, revision, quoted, files, back } = body;
        const typed = {
          conversationId: idFrom(params.id),
          text,
          key,
          quotedId: parseId(quoted ?? ''),
          ...(files === undefined ? {} : { fileIds: readFileIds(files) }),
        };
        const { isKept, draft } = await accounts.use(viewer.accountId, (inbox) =>
          saveDraft(inbox, { ...typed, base: Number(revision) }, viewer, now()),
        );
        if (isKept) {
          tellDraft(live, viewer, draft);
        }
        return wantsJson(request)
          ? asJson(draft, isKept ? 200 : 409)
          : seeOther(conversationPath(draft.conversationId, viewOf(back)));
      },
      { params: OfOne, body: Typed },
    );
};

const wantsJson = (request: Request): boolean =>
  (request.headers.get('accept') ?? '').includes('application/json');

function asJson(draft: Draft, status = 200): Response {
  return Response.json(draft, { status, headers: { 'cache-control': 'private, no-store' } });
}
