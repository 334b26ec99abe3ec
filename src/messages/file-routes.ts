import { Elysia, t } from 'elysia';
import { removeFile } from '#src/attachments/removal.ts';
import type { UploadParts } from '#src/attachments/upload.ts';
import { receive } from '#src/attachments/upload-body.ts';
import { isMultipart } from '#src/attachments/upload-form.ts';
import { readNameHeader } from '#src/attachments/upload-name.ts';
import { createUploadPlaces } from '#src/attachments/upload-places.ts';
import { toUploadedFile } from '#src/attachments/uploaded-file.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { viewOf } from '#src/conversations/views.ts';
import { Invalid, Problem } from '#src/errors.ts';
import { explain } from '#src/http/failure.ts';
import { wantsFragment } from '#src/http/page.ts';
import { problemResponse } from '#src/http/problem.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { takeForm } from './file-form.ts';
import { takeInto } from './file-taking.ts';
import type { AnswerServices } from './routes-answer.tsx';

const OfOne = t.Object({ id: t.String() });
const Removal = t.Optional(t.Object({ back: t.Optional(t.String()) }));

export type FileServices = AnswerServices & SessionServices & UploadParts;

/** Files that are to be sent: put there one by one, and taken back. */
export const unsentFiles = (services: FileServices) => {
  const { accounts, vault } = services;
  const places = createUploadPlaces();

  /** One file as the whole body: how our own script sends it. */
  async function takeRaw(request: Request, viewer: PersonViewer, id: number): Promise<Response> {
    const upload = {
      name: readNameHeader(request.headers.get('x-file-name')),
      declared: declaredLength(request),
      isVoice: request.headers.get('x-voice') === '1',
      mayBeSticker: false,
      body: receive(request.body),
    };
    const row = await accounts.use(viewer.accountId, (inbox) =>
      takeInto(services, inbox, { ...upload, conversationId: id }, viewer),
    );
    return Response.json(toUploadedFile(row), { status: 201, headers: { 'cache-control': 'no-store' } });
  }

  return new Elysia({ name: 'unsent-files' })
    .use(session(services))
    .post(
      '/conversations/:id/files',
      ({ request, viewer, params }) => {
        const id = idFrom(params.id);
        return places.in(viewer, () =>
          isMultipart(request)
            ? takeForm(services, request, viewer, id)
            : inProblems(request, () => takeRaw(request, viewer, id)),
        );
      },
      { params: OfOne, parse: 'none' },
    )
    .post(
      '/files/:id/removal',
      ({ request, viewer, params, body }) =>
        inProblems(request, async () => {
          const { conversationId } = await accounts.use(viewer.accountId, (inbox) =>
            removeFile(vault, inbox, idFrom(params.id), viewer),
          );
          return wantsFragment(request) || wantsJson(request) || conversationId === null
            ? new Response(null, { status: 204 })
            : seeOther(conversationPath(conversationId, viewOf(body?.back)));
        }),
      { params: OfOne, body: Removal },
    );
};

/** Scripts read problem documents, not pages. */
async function inProblems(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if ((error instanceof Problem || error instanceof Invalid) && !wantsPage(request)) {
      return problemResponse(request, explain(error, undefined));
    }
    throw error;
  }
}

const accepts = (request: Request): string => request.headers.get('accept') ?? '';
const wantsJson = (request: Request): boolean => accepts(request).includes('application/json');
const wantsPage = (request: Request): boolean => accepts(request).includes('text/html');

export function declaredLength(request: Request): number | null {
  const given = request.headers.get('content-length');
  return given === null ? null : Number(given);
}
