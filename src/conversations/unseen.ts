import { Problem } from '#src/errors.ts';
import type { Conversation } from './conversation.ts';

/**
 * Throws `Problem` 409 `written-meanwhile` when the customer waits for an answer to something that came after `seenId`, the
 * last message of theirs that somebody had in front of them (0: none): to settle the conversation would settle that unread.
 */
export function refuseUnseen(
  { waitingSince, lastInboundId }: Pick<Conversation, 'waitingSince' | 'lastInboundId'>,
  seenId: number | null,
): void {
  if (seenId !== null && waitingSince !== null && (lastInboundId ?? 0) > seenId) {
    throw new Problem(
      409,
      'written-meanwhile',
      'The customer has written meanwhile',
      'Nothing was changed. Read what they wrote first.',
    );
  }
}
