/** @jsxImportSource preact */
import type { AccountEvent } from '#src/numbers/account-event.ts';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

/** Something severe that WhatsApp said, and the name of the number; null when it is about the whole account. */
export type Notice = { event: AccountEvent; name: string | null };

const says = words.numbers;

/** Above the inbox, until somebody who looks after the account has seen it. */
export function NoticeBanner({ notice }: { notice: Notice | null }) {
  if (notice === null) {
    return null;
  }
  const { event, name } = notice;
  const [title] = says.event(event.kind, event.event, event.facts);
  return (
    <div class="banner banner--warn">
      <Icon name="alert" />
      <span>
        <strong class="not-phone">{name === null ? says.noticeOfAll : says.notice(name)}</strong>{' '}
        <a href={event.numberId === null ? '/numbers' : `/numbers/${event.numberId}`}>
          <bdi>{title}</bdi>
        </a>
      </span>
      <span class="bar bar__end">
        <form method="post" action={`/notices/${event.id}/dismissal`}>
          <button class="btn btn--quiet" type="submit">
            {says.dismiss}
          </button>
        </form>
      </span>
    </div>
  );
}
