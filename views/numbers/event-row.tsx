/** @jsxImportSource preact */
import type { AccountEvent } from '#src/numbers/account-event.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

const looks: Record<AccountEvent['severity'], { class: string; icon: IconName }> = {
  good: { class: 'is-ok', icon: 'okc' },
  info: { class: 'is-idle', icon: 'box' },
  warning: { class: 'is-warn', icon: 'alert' },
  critical: { class: 'is-bad', icon: 'bad' },
};

/** Something Meta said: what happened, what it asks for, and when. */
export function EventRow({ event, timeZone }: { event: AccountEvent; timeZone: string }) {
  const [title, text] = words.numbers.event(event.kind, event.event, event.facts);
  const { from, until } = event.facts;
  return (
    <li class={looks[event.severity].class} id={`event-${event.id}`}>
      <Icon name={looks[event.severity].icon} />
      <div>
        <h3>
          <span class="vh">{words.numbers.severities[event.severity]}</span>
          <bdi>{title}</bdi>
        </h3>
        <p>
          <bdi>{text}</bdi>
          {typeof from === 'number' ? (
            <>
              {` ${words.numbers.from} `}
              <LocalTime at={from} style="moment" timeZone={timeZone} />
            </>
          ) : null}
          {typeof until === 'number' ? (
            <>
              {` ${words.numbers.until} `}
              <LocalTime at={until} style="moment" timeZone={timeZone} />
            </>
          ) : null}
        </p>
        {event.numberId === null ? <p class="meta">{words.numbers.wholeAccount}</p> : null}
      </div>
      <span class="meta">
        <LocalTime at={event.at} style="moment" timeZone={timeZone} />
      </span>
    </li>
  );
}
