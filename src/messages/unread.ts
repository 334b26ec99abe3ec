import type { ThreadMessage } from './thread-message.ts';

/**
 * Whether somebody who has read up to a message has not read this one. What was said before the number was connected
 * is new to nobody.
 */
export function isUnread({ direction, id, isPast }: ThreadMessage, readMessageId: number | null): boolean {
  return direction === 'in' && isPast !== true && id > (readMessageId ?? 0);
}
