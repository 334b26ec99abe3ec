import { t } from 'elysia';
import { clean } from '#src/db/clean.ts';
import { Invalid } from '#src/errors.ts';
import { ourReaction, react } from '#src/messages/reaction.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { timeJson } from './time-json.ts';

export const ReactionJson = t.Object({ emoji: t.String({ maxLength: 64 }) });

type ReactionServices = Pick<Services, 'accounts' | 'live' | 'now'> & {
  delivery: Pick<Services['delivery'], 'poke'>;
};

/**
 * Puts the business's reaction on a customer's message, or takes it back with null. Asked for again, it changes nothing.
 * Gives out nothing of the message, which a key that only sends may not read. Throws as `react` does.
 */
export async function setReaction(
  { accounts, delivery, live, now }: ReactionServices,
  viewer: Viewer,
  messageId: number,
  emoji: string | null,
) {
  if (emoji !== null && clean(emoji).trim() === '') {
    throw new Invalid({ emoji: 'Give one emoji. DELETE takes a reaction back.' });
  }
  return accounts.use(viewer.accountId, async (inbox) => {
    const change = await react(inbox, { messageId, emoji: emoji ?? '' }, viewer, now());
    delivery.poke(viewer.accountId);
    await live.publish(inbox, [change]);
    const reaction = await ourReaction(inbox, messageId);
    return {
      message_id: messageId,
      emoji: reaction?.emoji ?? '',
      status: reaction?.status ?? null,
      reacted_at: timeJson(reaction?.at ?? null),
    };
  });
}
