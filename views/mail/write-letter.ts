import type { Letter } from '#src/mail/letter.ts';
import type { Written } from '../words/en-letters.ts';
import { words } from '../words/words.ts';
import { browserInWords } from './browser.ts';
import { nameInLetter, onOneLine } from './name-in-letter.ts';

/** What a letter says, in words. Whatever names stand in it, its subject is one line. */
export function writeLetter(letter: Letter, timeZone: string): Written {
  const written = choose(letter, momentsIn(timeZone));
  return { ...written, subject: onOneLine(written.subject), preheader: onOneLine(written.preheader) };
}

function choose(letter: Letter, at: (moment: number) => string): Written {
  const { letters } = words.mail;
  switch (letter.kind) {
    case 'invitation': {
      const { by, account, link, until } = letter;
      return letters.invitation(nameInLetter(by), nameInLetter(account), link, at(until));
    }
    case 'reset':
      return letters.reset(letter.link, at(letter.until));
    case 'confirmation':
      return letters.confirmation(nameInLetter(letter.account), letter.link, at(letter.until));
    case 'new-email':
      return letters.newEmail(letter.link, at(letter.until));
    case 'email-changed':
      return letters.emailChanged(onOneLine(letter.to), at(letter.at));
    case 'password-changed':
      return letters.passwordChanged(at(letter.at), from(letter.address));
    case 'second-factor-changed':
      return letters.secondFactorChanged(letter.change, at(letter.at));
    case 'new-device':
      return letters.newDevice(at(letter.at), browserInWords(letter.agent), from(letter.address));
    case 'test':
      return letters.test(nameInLetter(letter.by), at(letter.at));
  }
}

const from = (address: string | null) => (address === null ? null : nameInLetter(address, { isPlain: true }));

/** A moment with its zone: the reader may be anywhere. */
function momentsIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat(words.locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
    timeZoneName: 'short',
  });
  return (at) => format.format(at);
}
