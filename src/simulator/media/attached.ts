import { isObject } from '../fields.ts';
import type { PhoneMessage, Thread } from '../threads.ts';
import type { World } from '../world.ts';
import { type MediaKind, mediaKinds } from './limits.ts';
import type { MediaFile } from './store.ts';

/** A file of a message, as the phone that sent or received it still has it. `name`: as the message calls it. */
export type Attached = { kind: MediaKind; file: MediaFile; name: string | null };

/**
 * The file that a message is, and those of headings and cards, in their order. A phone keeps files longer than Meta does:
 * until they are removed there, or pushed out of memory.
 */
export function attachedTo({ media }: World, { type, content }: PhoneMessage): Attached[] {
  return filesIn(media, { [type]: content });
}

function filesIn(media: World['media'], content: unknown): Attached[] {
  if (Array.isArray(content)) {
    return content.flatMap((item) => filesIn(media, item));
  }
  return isObject(content)
    ? Object.entries(content).flatMap(([key, value]) => find(media, key, value) ?? filesIn(media, value))
    : [];
}

function find({ files }: World['media'], key: string, named: unknown): Attached | null {
  const kind = mediaKinds.find((one) => one === key);
  if (!kind || !isObject(named) || typeof named.id !== 'string') {
    return null;
  }
  const file = files.get(named.id);
  return file ? { kind, file, name: typeof named.filename === 'string' ? named.filename : null } : null;
}

/** A file of a message of this thread, by its wamid and its place among the message's files. */
export function attachedIn(
  world: World,
  { messages }: Thread,
  wamid: string,
  place: number,
): Attached | undefined {
  const message = messages.find((one) => one.wamid === wamid);
  return message && attachedTo(world, message)[place];
}
