import { MEGABYTE } from '#src/attachments/send-limits.ts';
import type { UploadParts } from '#src/attachments/upload.ts';
import { receive } from '#src/attachments/upload-body.ts';
import { type FormPart, readForm } from '#src/attachments/upload-form.ts';
import { parseId } from '#src/conversations/conversation.ts';
import { viewOf } from '#src/conversations/views.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { Invalid, Problem } from '#src/errors.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import { conversationPath } from '#views/inbox/view.ts';
import { addToDraft } from './draft-files.ts';
import { tellDraft } from './draft-tell.ts';
import { takeInto } from './file-taking.ts';
import { type AnswerServices, refuse } from './routes-answer.tsx';
import { readFileIds } from './routes-file-ids.ts';

type Taken = { fields: Map<string, string>; fileIds: number[]; refusals: Error[] };

/**
 * The way without JavaScript: the composer's form with files in it. They land in the draft, together with what was typed,
 * and the page comes back with them; what cannot be sent is said on it.
 */
export async function takeForm(
  services: AnswerServices & UploadParts,
  request: Request,
  viewer: PersonViewer,
  conversationId: number,
): Promise<Response> {
  const taken = await services.accounts.use(viewer.accountId, async (inbox) => {
    const parts = readForm(request.headers.get('content-type') ?? '', receive(request.body));
    const taken = await takeParts(services, inbox, parts, { viewer, conversationId });
    const draft = await addToDraft(inbox, draftOf(taken, conversationId), viewer, services.now());
    tellDraft(services.live, viewer, draft);
    return { ...taken, draft };
  });
  const [refusal] = taken.refusals;
  const back = taken.fields.get('back');
  return refusal === undefined
    ? seeOther(conversationPath(taken.draft.conversationId, viewOf(back)))
    : refuse(services, {
        request,
        viewer,
        conversationId,
        back,
        quote: taken.fields.get('quoted'),
        text: taken.draft.text,
        error: refusal,
      });
}

type Place = { viewer: PersonViewer; conversationId: number };

async function takeParts(
  services: AnswerServices & UploadParts,
  inbox: Inbox,
  parts: AsyncIterable<FormPart>,
  { viewer, conversationId }: Place,
): Promise<Taken> {
  const taken: Taken = { fields: new Map(), fileIds: [], refusals: [] };
  for await (const part of parts) {
    if (part.kind === 'field') {
      taken.fields.set(part.name, part.value);
    } else if (part.fileName !== '') {
      const upload = {
        name: part.fileName,
        declared: null,
        isVoice: false,
        mayBeSticker: false,
        body: part.body,
      };
      try {
        const { id } = await takeInto(services, inbox, { ...upload, conversationId }, viewer);
        taken.fileIds.push(id);
      } catch (error) {
        // The others are kept all the same.
        taken.refusals.push(refusalOf(error, part.fileName));
      }
    }
  }
  return taken;
}

/** Too large, of no kind that can be sent, empty or unreadable. */
const ABOUT_THE_FILE = [413, 415, 422];

/** With the file's name, where a sentence says why it cannot be sent; anything else is thrown on. */
function refusalOf(error: unknown, name: string): Error {
  if (error instanceof Problem && ABOUT_THE_FILE.includes(error.status)) {
    return new Invalid({ files: `${name}: ${error.title} ${error.detail}` });
  }
  throw error;
}

function draftOf({ fields, fileIds }: Taken, conversationId: number) {
  const text = fields.get('text');
  const quoted = fields.get('quoted');
  return {
    conversationId,
    fileIds: [...readFileIds(fields.get('files') ?? ''), ...fileIds],
    key: fields.get('key')?.slice(0, 128) ?? '',
    ...(text === undefined ? {} : { text: text.slice(0, MEGABYTE) }),
    ...(quoted === undefined ? {} : { quotedId: parseId(quoted) }),
  };
}
