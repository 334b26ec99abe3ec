import { takeFile, type UploadParts } from '#src/attachments/upload.ts';
import { receive } from '#src/attachments/upload-body.ts';
import { isMultipart } from '#src/attachments/upload-form.ts';
import { readNameHeader } from '#src/attachments/upload-name.ts';
import { Problem } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';

type MediaServices = UploadParts & Pick<Services, 'accounts'>;

/** Keeps the file that is the body of a request, to be sent by its id. Throws as `takeFile` does. */
export async function takeMedia(services: MediaServices, request: Request, viewer: Viewer) {
  if (isMultipart(request)) {
    throw new Problem(
      415,
      'raw-body-wanted',
      'The body has to be the file itself',
      'Send its bytes as they are, not in a form, and its name in the header X-File-Name.',
    );
  }
  const declared = request.headers.get('content-length');
  const upload = {
    conversationId: null,
    name: readNameHeader(request.headers.get('x-file-name')),
    declared: declared === null ? null : Number(declared),
    isVoice: request.headers.get('x-voice') === '1',
    mayBeSticker: true,
    body: receive(request.body),
  };
  const { id, mime, bytes } = await services.accounts.use(viewer.accountId, (inbox) =>
    takeFile(services, inbox, upload, viewer),
  );
  return { id, mime_type: mime, size: bytes };
}
