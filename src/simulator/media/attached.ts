import { isObject } from '../fields.ts';
import type { PhoneMessage, Thread } from '../threads.ts';
import type { World } from '../world.ts';
import { type MediaKind, mediaKinds } from './limits.ts';
import type { MediaFile } from './store.ts';

/** The file of a message, as the phone that sent or received it still has it. */
export type Attached = { kind: MediaKind; file: MediaFile; caption: string };

/** A phone keeps files longer than Meta does: until they are removed there, or pushed out of memory. */
export function attachedTo({ media }: World, { type, content }: PhoneMessage): Attached | null {
  const kind = mediaKinds.find((one) => one === type);
  if (!kind || !isObject(content) || typeof content.id !== 'string') {
    return null;
  }
  const file = media.files.get(content.id);
  return file ? { kind, file, caption: typeof content.caption === 'string' ? content.caption : '' } : null;
}

/** The file of a message of this thread, by its wamid. */
export function attachedIn(world: World, { messages }: Thread, wamid: string): Attached | null {
  const message = messages.find((one) => one.wamid === wamid);
  return message ? attachedTo(world, message) : null;
}
