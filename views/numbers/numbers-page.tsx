/** @jsxImportSource preact */
import type { OtherField } from '#src/numbers/account-event.ts';
import type { NumberStanding } from '#src/numbers/standing.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { Restricted } from './restricted.tsx';
import { pausedInWords, sendsAll, standingInWords } from './verdict.tsx';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  numbers: readonly NumberStanding[];
  others: readonly OtherField[];
};

const says = words.numbers;

/** Every number of the business with how it stands, and what came that nobody needs. */
export const NumbersPage = ({ viewer, account, numbers, others }: Props) => (
  <Settings
    place="numbers"
    person={viewer}
    account={account}
    lead={words.settingsLeads.numbers}
    icons={['bad', 'box', 'okc']}
    actions={
      <a class="btn" href="/numbers/rates">
        {says.rates}
      </a>
    }
  >
    <div class="stack">
      {numbers.length === 0 ? (
        <div class="sheet">
          <Empty level="h2" title={says.none} text={says.noneText} />
        </div>
      ) : (
        <ul class="checks">
          {numbers.map((number) => (
            <NumberRow key={number.id} number={number} timeZone={account.timeZone} />
          ))}
        </ul>
      )}
      <Others others={others} timeZone={account.timeZone} />
    </div>
  </Settings>
);

const NumberRow = ({ number, timeZone }: { number: NumberStanding; timeZone: string }) => (
  <li class={sendsAll(number) ? 'is-ok' : 'is-bad'}>
    <Icon name={sendsAll(number) ? 'okc' : 'bad'} />
    <div>
      <h2>
        <a href={`/numbers/${number.id}`}>
          <bdi>{number.name}</bdi>
        </a>
      </h2>
      <p>
        <em>{standingInWords(number)}</em>
      </p>
      <p>
        <span class="nowrap">{number.displayPhone}</span>
      </p>
      {number.state === 'paused' ? <p>{pausedInWords(number.pausedFor)}</p> : null}
      {number.state === 'disconnected' ? null : <Restricted number={number} timeZone={timeZone} />}
    </div>
    <span class="meta">
      {number.heardAt === null ? (
        says.notSaid
      ) : (
        <LocalTime at={number.heardAt} style="moment" timeZone={timeZone} />
      )}
    </span>
  </li>
);

const Others = ({ others, timeZone }: { others: readonly OtherField[]; timeZone: string }) =>
  others.length === 0 ? null : (
    <section aria-labelledby="others">
      <h2 class="h" id="others">
        {says.others}
      </h2>
      <p class="small">{says.othersLead}</p>
      <ul class="checks">
        {others.map(({ field, count, lastAt }) => (
          <li key={field} class="is-idle">
            <Icon name="box" />
            <div>
              <h3>
                <code>{field}</code>
              </h3>
              <p>{says.times(count)}</p>
            </div>
            <span class="meta">
              {says.last} <LocalTime at={lastAt} style="moment" timeZone={timeZone} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
