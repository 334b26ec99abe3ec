import type { WriteOptions } from '../customers.ts';
import { attachedIn } from '../media/attached.ts';
import { isOggOpusMono } from '../media/first-bytes.ts';
import { type FormFile, readForm } from '../media/form.ts';
import type { FileMessage } from '../media/from-customer.ts';
import { essence, kindOfUpload, MOST } from '../media/limits.ts';
import type { Person } from '../people.ts';
import { findThread, type World } from '../world.ts';
import { NotFound } from './answers.ts';

/** What a person on the page chose to send. */
export type Chosen = { number: string; message: FileMessage; options: WriteOptions };

/** Reads the form with a file. Null when there is none, or it is larger than WhatsApp takes. */
export async function readChosen(request: Request): Promise<Chosen | null> {
  const { fields, files } = await readForm(request, MOST);
  const [file] = files;
  if (!file || file.isCut || file.bytes.length === 0) {
    return null;
  }
  const { number = '', caption, quote } = fields;
  return {
    number,
    message: { ...asMessage(file), ...(caption ? { caption } : {}) },
    options: quote ? { quote } : {},
  };
}

/** As WhatsApp would send it: a recording as a voice note, and what is of no kind of its own as a document. */
function asMessage({ name, mime, bytes }: FormFile): FileMessage {
  if (isOggOpusMono(bytes)) {
    return { type: 'audio', bytes, mime: 'audio/ogg; codecs=opus', voice: true };
  }
  const type = kindOfUpload(mime) ?? 'document';
  return { type, bytes, mime: essence(mime), ...(name ? { filename: name } : {}) };
}

/** Only these are shown by the browser; their types cannot run anything. */
const SHOWN = /^(image\/(jpeg|png|webp)|audio\/(aac|amr|mpeg|mp4|ogg)|video\/(mp4|3gpp))$/;

/** Which file: of the message with this wamid, in the thread with this number, the one at this place. */
export type Wanted = { phoneNumberId: string; wamid: string; place: number };

/** One file of this person's thread, for their own page. */
export function fileOf(world: World, person: Person, { phoneNumberId, wamid, place }: Wanted): Response {
  const attached = attachedIn(world, findThread(world, phoneNumberId, person), wamid, place);
  if (!attached) {
    throw new NotFound();
  }
  const { mime, bytes } = attached.file;
  const isShown = SHOWN.test(essence(mime));
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': isShown ? essence(mime) : 'application/octet-stream',
      'content-disposition': isShown ? 'inline' : 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=3600',
      'x-content-type-options': 'nosniff',
    },
  });
}
