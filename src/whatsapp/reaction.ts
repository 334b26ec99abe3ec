import { asFields, asText, asWords, type Fields } from './shape.ts';

export type Reaction = {
  targetWamid: string;
  /** '' when the customer took it back. */
  emoji: string;
};

/** The longest emoji are families of a dozen code points; a longer text is none. */
const LONGEST_EMOJI = 64;

/** Meta leaves the emoji out, or empty, when a reaction is taken back. */
export function readReaction(message: Fields): Reaction | null {
  const reaction = asFields(message.reaction);
  const targetWamid = asWords(reaction?.message_id);
  const emoji = asText(reaction?.emoji ?? '');
  return targetWamid === null || emoji === null || emoji.length > LONGEST_EMOJI
    ? null
    : { targetWamid, emoji };
}
