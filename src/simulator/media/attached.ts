import { isObject } from '../fields.ts';
import type { PhoneMessage, Thread } from '../threads.ts';
import type { World } from '../world.ts';
import { type MediaKind, mediaKinds } from './limits.ts';
import type { MediaFile } from './store.ts';

/** The file of a message, as the phone that sent or received it still has it. `name`: as the message calls it. */
export type Attached = { kind: MediaKind; file: MediaFile; name: string | null };

/** A phone keeps files longer than Meta does: until they are removed there, or pushed out of memory. */
export function attachedTo({ media }: World, { type, content }: PhoneMessage): Attached | null {
  const header = type === 'interactive' && isObject(content) ? content.header : undefined;
  return isObject(header)
    ? find(media, String(header.type), header[String(header.type)])
    : find(media, type, content);
}

function find({ files }: World['media'], type: string, named: unknown): Attached | null {
  const kind = mediaKinds.find((one) => one === type);
  if (!kind || !isObject(named) || typeof named.id !== 'string') {
    return null;
  }
  const file = files.get(named.id);
  return file ? { kind, file, name: typeof named.filename === 'string' ? named.filename : null } : null;
}

/** The file of a message of this thread, by its wamid. */
export function attachedIn(world: World, { messages }: Thread, wamid: string): Attached | null {
  const message = messages.find((one) => one.wamid === wamid);
  return message ? attachedTo(world, message) : null;
}
