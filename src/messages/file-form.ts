import { MEGABYTE, MOST_FILES } from '#src/attachments/send-limits.ts';
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
import { words } from '#views/words/words.ts';
import { addToDraft } from './draft-files.ts';
import { tellDraft } from './draft-tell.ts';
import { takeInto } from './file-taking.ts';
import { type AnswerServices, refuse } from './routes-answer.tsx';
import { readFileIds } from './routes-file-ids.ts';

type Taken = {
  fields: Map<string, string>;
  fileIds: number[];
  /** Sentences, each with the file's name. */
  refusals: string[];
  /** The names of those that are too many for one message. */
  tooMany: string[];
};

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
  const refusal = refusalOf(taken);
  const back = taken.fields.get('back');
  return refusal === null
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
  const taken: Taken = { fields: new Map(), fileIds: [], refusals: [], tooMany: [] };
  for await (const part of parts) {
    if (part.kind === 'field') {
      taken.fields.set(part.name, part.value);
    } else if (part.fileName !== '' && draftOf(taken, conversationId).fileIds.length >= MOST_FILES) {
      taken.tooMany.push(part.fileName);
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
        taken.refusals.push(sentenceOf(error, part.fileName));
      }
    }
  }
  return taken;
}

/** Too large, of no kind that can be sent, empty or unreadable. */
const ABOUT_THE_FILE = [413, 415, 422];

/** With the file's name, where a sentence says why it cannot be sent; anything else is thrown on. */
function sentenceOf(error: unknown, name: string): string {
  if (error instanceof Problem && ABOUT_THE_FILE.includes(error.status)) {
    return `${name}: ${error.title} ${error.detail}`;
  }
  throw error;
}

/** All that was not taken: nobody is to think that it went along. */
function refusalOf({ refusals, tooMany }: Taken): Invalid | null {
  const beyond = tooMany.length === 0 ? [] : [`${tooMany.join(', ')}: ${words.attach.tooMany(MOST_FILES)}`];
  const all = [...refusals, ...beyond];
  return all.length === 0 ? null : new Invalid({ files: all.join(' ') });
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
