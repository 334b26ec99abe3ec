import { pause } from './deliveries.ts';
import { asObject, type Fields, onlyKeys, requireOneOf, requireText } from './fields.ts';
import { invalidParameter } from './graph-error.ts';
import type { NumberState } from './numbers.ts';
import type { Thread } from './threads.ts';
import { announce, type World } from './world.ts';

const TYPING_LASTS = 25_000;

/** `status: "read"`: marks that message and all earlier ones of the thread as read, and may show typing. */
export function acceptReadReceipt(world: World, number: NumberState, body: Fields): Fields {
  onlyKeys(body, 'body', ['messaging_product', 'status', 'message_id', 'typing_indicator']);
  requireOneOf(body, 'status', 'body', ['read']);
  const wamid = requireText(body, 'message_id', 'body');
  if (body.typing_indicator !== undefined) {
    const typing = asObject(body.typing_indicator, 'typing_indicator');
    onlyKeys(typing, 'typing_indicator', ['type']);
    requireOneOf(typing, 'type', 'typing_indicator', ['text']);
  }

  const known = world.known.get(wamid);
  if (known?.from !== 'customer' || known.thread.phoneNumberId !== number.phoneNumberId) {
    throw invalidParameter(`message_id ${wamid} is no message that a customer sent to this phone number.`);
  }
  for (const message of known.thread.messages) {
    if (message.from === 'customer' && message.at <= known.at) {
      message.status = 'read';
    }
  }
  if (body.typing_indicator !== undefined) {
    showTyping(world, known.thread);
  }
  announce(world, known.thread);
  return { success: true };
}

/** Until the business writes, or for 25 seconds: an open phone page looks again then. */
function showTyping(world: World, thread: Thread): void {
  thread.typingUntil = world.now() + TYPING_LASTS;
  if (world.listeners.size > 0) {
    pause(world, TYPING_LASTS).then(
      () => announce(world, thread),
      () => undefined,
    );
  }
}
