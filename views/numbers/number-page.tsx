/** @jsxImportSource preact */
import type { AccountEvent } from '#src/numbers/account-event.ts';
import type { NumberStanding } from '#src/numbers/standing.ts';
import type { Use as UseOfMonth } from '#src/numbers/use.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { EventRow } from './event-row.tsx';
import { HealthFigures } from './health-figures.tsx';
import { HistoryImport } from './history-import.tsx';
import { PhoneImports } from './phone-import.tsx';
import { Use } from './use.tsx';
import { Verdict } from './verdict.tsx';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  number: NumberStanding;
  events: readonly AccountEvent[];
  /** The cursor of what WhatsApp said before, or null at the beginning. */
  next: string | null;
  use: UseOfMonth;
  freeMessages: number;
  now: number;
  /** Why its phone was asked for nothing just now; null when nobody has tried. */
  problem: { title: string; detail: string } | null;
};

const says = words.numbers;

/** One number: how it stands, what it has sent this month, and what WhatsApp said of it. */
export const NumberPage = ({
  viewer,
  account,
  number,
  events,
  next,
  use,
  freeMessages,
  now,
  problem,
}: Props) => (
  <Settings
    place="numbers"
    person={viewer}
    account={account}
    lead={number.displayPhone}
    below={{ title: number.name, href: '/numbers' }}
    actions={
      <a class="btn" href={`/numbers/${number.id}/sending`}>
        {words.sending.settings.link}
      </a>
    }
    icons={['alert', 'bad', 'box', 'check', 'okc']}
  >
    <Verdict number={number} timeZone={account.timeZone} />
    <div class="stack">
      <HealthFigures number={number} timeZone={account.timeZone} />
      <Use use={use} freeMessages={freeMessages} />
      {number.phoneAppAt === null ? null : (
        <section aria-labelledby="phone">
          <h2 class="h" id="phone">
            {says.phoneApp}
          </h2>
          <p class="small">
            {says.phoneAppText}{' '}
            <LocalTime at={number.phoneAppAt} style="moment" timeZone={account.timeZone} />
          </p>
        </section>
      )}
      <PhoneImports number={number} timeZone={account.timeZone} now={now} problem={problem} />
      <HistoryImport number={number} timeZone={account.timeZone} />
      <section aria-labelledby="events">
        <h2 class="h" id="events">
          {says.events}
        </h2>
        {events.length === 0 ? (
          <div class="sheet">
            <Empty level="h3" title={says.noEvents} text={says.noEventsText} />
          </div>
        ) : (
          <ul class="checks">
            {events.map((event) => (
              <EventRow key={event.id} event={event} timeZone={account.timeZone} />
            ))}
          </ul>
        )}
        {next === null ? null : (
          <p class="page__more">
            <a class="btn" href={`/numbers/${number.id}?cursor=${encodeURIComponent(next)}`}>
              {says.more}
            </a>
          </p>
        )}
      </section>
    </div>
  </Settings>
);
