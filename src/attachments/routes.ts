import { eq } from 'drizzle-orm';
import { Elysia, t } from 'elysia';
import { idFrom } from '#src/conversations/conversation.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { files as rows } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { findFile } from './find-file.ts';
import type { FileRow } from './load-files.ts';
import { type ServeServices, serveFile } from './serve-file.ts';

const OfOne = t.Object({ id: t.String() });
/** A thread has dozens of small pictures. */
const A_DAY_S = 24 * 60 * 60;

/** The files of messages, for the pages that show them. */
export const files = (services: ServeServices & SessionServices) =>
  new Elysia({ name: 'files' })
    .use(session(services))
    .get(
      '/files/:id',
      ({ request, viewer, params, query }) =>
        serveFile(services, {
          request,
          accountId: viewer.accountId,
          find: (inbox) => findFile(inbox, idFrom(params.id), viewer),
          isDownload: query.download !== undefined,
        }),
      { params: OfOne, query: t.Object({ download: t.Optional(t.String()) }) },
    )
    .get(
      '/files/:id/thumbnail',
      ({ request, viewer, params }) =>
        serveFile(services, {
          request,
          accountId: viewer.accountId,
          find: (inbox) => findThumbnail(inbox, idFrom(params.id), viewer),
          keptFor: A_DAY_S,
        }),
      { params: OfOne },
    );

/** The small picture of a file that the viewer may see. Throws `NotFound` also when it has none. */
async function findThumbnail(inbox: Inbox, fileId: number, viewer: Viewer): Promise<FileRow> {
  const { thumbId, state } = await findFile(inbox, fileId, viewer);
  const [thumbnail] =
    thumbId === null || state !== 'stored'
      ? []
      : await inbox.sql.select().from(rows).where(eq(rows.id, thumbId)).limit(1);
  if (!thumbnail) {
    throw new NotFound(`thumbnail of file ${fileId}`);
  }
  return thumbnail;
}
