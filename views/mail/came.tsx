/** @jsxImportSource preact */
import type { MailRow } from '#src/mail/list-mails.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { whyInWords } from './why.ts';

/** What came of the letter that was tried just now. */
export function Came({ letter }: { letter: MailRow }) {
  const { icon, mark, came } = looksOf(letter);
  const [title, text] = words.mail.came[came](letter.recipient);
  const why = whyInWords(letter);
  return (
    <div role="status">
      <ul class="checks">
        <li class={mark}>
          <Icon name={icon} />
          <div>
            <h2>{title}</h2>
            <p>{text}</p>
            {why === null ? null : <p>{why}</p>}
          </div>
        </li>
      </ul>
    </div>
  );
}

type Looks = { icon: IconName; mark: string; came: keyof typeof words.mail.came };

function looksOf({ state, why }: MailRow): Looks {
  if (state === 'sent') {
    return { icon: 'okc', mark: 'is-ok', came: 'sent' };
  } else if (state === 'failed') {
    return { icon: 'bad', mark: 'is-bad', came: 'failed' };
  } else {
    return { icon: 'clock', mark: 'is-warn', came: why === null ? 'underway' : 'queued' };
  }
}
