/** @jsxImportSource preact */
import type { MailRow, MailState } from '#src/mail/list-mails.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { whyInWords } from './why.ts';

const looks: Record<MailState, { icon: IconName; mark: string }> = {
  sent: { icon: 'okc', mark: 'is-ok' },
  queued: { icon: 'clock', mark: 'is-warn' },
  failed: { icon: 'bad', mark: 'is-bad' },
};

type Props = { row: MailRow; timeZone: string; now: number };

/** What became of one letter. */
export function MailListRow({ row, timeZone, now }: Props) {
  const { icon, mark } = looks[row.state];
  const why = whyInWords(row);
  return (
    <li class={mark} id={`mail-${row.id}`}>
      <Icon name={icon} />
      <div>
        <h3>
          {kindInWords(row.kind)} <em>{words.mail.states[row.state]}</em>
        </h3>
        <p>
          {words.mail.to} <bdi>{row.recipient}</bdi>
          {' · '}
          <LocalTime at={row.createdAt} style="moment" timeZone={timeZone} now={now} />
          {` · ${words.mail.tries(row.tries)}`}
        </p>
        {why === null ? null : <p>{why}</p>}
        {row.nextAt === null ? null : <NextTry at={row.nextAt} timeZone={timeZone} now={now} />}
      </div>
      {row.canTry ? <TryAgain row={row} /> : null}
    </li>
  );
}

const NextTry = ({ at, timeZone, now }: { at: number; timeZone: string; now: number }) => (
  <p>
    {at <= now ? (
      words.mail.soon
    ) : (
      <>
        {words.mail.nextTry} <LocalTime at={at} style="moment" timeZone={timeZone} now={now} />
      </>
    )}
  </p>
);

const TryAgain = ({ row }: Pick<Props, 'row'>) => (
  <form method="post" action={`/settings/mail/${row.id}/tries`}>
    <button class="btn" type="submit" aria-label={words.mail.againFor(kindInWords(row.kind), row.recipient)}>
      <Icon name="retry" small />
      {words.mail.again}
    </button>
  </form>
);

/** A newer version may have written kinds that this one does not know. */
function kindInWords(kind: string): string {
  const kinds: Readonly<Record<string, string>> = words.mail.kinds;
  return kinds[kind] ?? kind;
}
