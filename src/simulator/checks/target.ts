import type { Fields } from '../fields.ts';
import { invalidValue } from '../graph-error.ts';
import type { Thread } from '../threads.ts';
import type { World } from '../world.ts';

const OLDEST_TARGET = 30 * 24 * 60 * 60 * 1000;

/** What a reaction or a quote points at must be a message of the same thread. */
export function checkTarget(world: World, thread: Thread | null, type: string, body: Fields): void {
  if (type === 'reaction') {
    const { message_id } = body.reaction as { message_id: string };
    const target = findTarget(world, thread, message_id);
    if (target.type === 'reaction') {
      throw invalidValue('A reaction cannot be reacted to.');
    }
    if (world.now() - target.at > OLDEST_TARGET) {
      throw invalidValue('The message is more than 30 days old: it can no longer be reacted to.');
    }
  }
  if (body.context !== undefined) {
    const { message_id } = body.context as { message_id: string };
    findTarget(world, thread, message_id);
  }
}

function findTarget(world: World, thread: Thread | null, wamid: string) {
  const target = world.known.get(wamid);
  if (!target || target.thread !== thread) {
    throw invalidValue(`${wamid} is no message between this phone number and this recipient.`);
  }
  return target;
}
