import type { MailRow } from '#src/mail/list-mails.ts';
import { isFinal } from '#src/mail/refusal.ts';
import { words } from '../words/words.ts';

/** Why the last try of a letter did not work, and what to do; null when it did, or when none was made. */
export function whyInWords({ why, state, kind }: Pick<MailRow, 'why' | 'state' | 'kind'>): string | null {
  if (why === null) {
    return null;
  }
  const isGivenUp = state === 'failed' && kind !== 'test' && !isFinal(why);
  return [
    words.mail.reasons[why.reason],
    why.reply === null ? '' : words.mail.reply(why.reply),
    isGivenUp ? words.mail.gaveUp : '',
  ]
    .filter(Boolean)
    .join(' ');
}
