import { asObject, onlyKeys, requireText } from '../fields.ts';
import { invalidValue } from '../graph-error.ts';

const ONE_EMOJI = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic})$/v;

/** One emoji, or none to take the reaction back. */
export function checkReaction(content: unknown): void {
  const reaction = asObject(content, 'reaction');
  onlyKeys(reaction, 'reaction', ['message_id', 'emoji']);
  requireText(reaction, 'message_id', 'reaction');
  const emoji = requireText(reaction, 'emoji', 'reaction', { min: 0, max: 64 });
  if (emoji !== '' && !ONE_EMOJI.test(emoji)) {
    throw invalidValue(`reaction.emoji must be one emoji or empty, not "${emoji}".`);
  }
}
