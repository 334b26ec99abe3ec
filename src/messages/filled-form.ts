import type { UploadParts } from '#src/attachments/upload.ts';
import { receive } from '#src/attachments/upload-body.ts';
import { isMultipart, readForm } from '#src/attachments/upload-form.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { Problem } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { FILE, KEPT, KEPT_NAME } from '#src/templates/form-names.ts';
import { takeInto } from './file-taking.ts';

/** What a filled-in form held: its texts, with the files it brought already taken in and named by their ids. */
export type TakenForm = {
  fields: Map<string, string>;
  /** By the key of a file's field: why it cannot be sent. */
  refusals: Map<string, string>;
};

type Place = {
  conversationId: number;
  viewer: Viewer;
  /** Of what the form has said up to a file: whether the message takes one. What it does not take is not kept. */
  takesFile?: (fields: ReadonlyMap<string, string>) => boolean;
};

/** Reads a form, with files or without. Throws `NotFound`, `Forbidden` for a conversation one may not write to. */
export async function takeFilledForm(
  services: UploadParts,
  inbox: Inbox,
  request: Request,
  place: Place,
): Promise<TakenForm> {
  const taken: TakenForm = { fields: new Map(), refusals: new Map() };
  if (!isMultipart(request)) {
    for (const [name, value] of new URLSearchParams(await readText(request))) {
      taken.fields.set(name, value);
    }
    return taken;
  }
  const { takesFile = () => true } = place;
  let typed = 0;
  for await (const part of readForm(request.headers.get('content-type') ?? '', receive(request.body))) {
    if (part.kind === 'field') {
      typed += part.value.length;
      if (typed > LONGEST_FORM) {
        throw tooLong();
      }
      taken.fields.set(part.name, part.value);
    } else if (part.fileName !== '' && part.name.startsWith(FILE) && takesFile(taken.fields)) {
      await takeFile(services, inbox, taken, part, place);
    }
  }
  return taken;
}

type FilePart = { name: string; fileName: string; body: AsyncIterator<Uint8Array> };

async function takeFile(
  services: UploadParts,
  inbox: Inbox,
  { fields, refusals }: TakenForm,
  { name, fileName, body }: FilePart,
  { conversationId, viewer }: Place,
): Promise<void> {
  const key = name.slice(FILE.length);
  const upload = { name: fileName, declared: null, isVoice: false, mayBeSticker: false, body };
  try {
    const row = await takeInto(services, inbox, { ...upload, conversationId }, viewer);
    fields.set(KEPT + key, String(row.id));
    fields.set(KEPT_NAME + key, row.name ?? fileName);
  } catch (error) {
    if (error instanceof Problem && error.status < 500 && error.status !== 408) {
      refusals.set(key, `${error.title} ${error.detail}`);
    } else {
      throw error;
    }
  }
}

/** Of what is typed: bytes, and in a form with files characters. */
const LONGEST_FORM = 1024 * 1024;
const tooLong = () =>
  new Problem(413, 'too-large', 'The form is too large', 'Nothing was sent. Write less.');

/** Values are short; what is longer than any of them can be is not read to its end. */
async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > LONGEST_FORM) {
      throw tooLong();
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
