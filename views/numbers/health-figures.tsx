/** @jsxImportSource preact */
import type { AccountEvent } from '#src/numbers/account-event.ts';
import type { NumberStanding } from '#src/numbers/standing.ts';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

const says = words.numbers;
/** `value` is null as long as Meta has said nothing. */
type Figure = { name: string; value: string | null; event?: AccountEvent | undefined; note?: string };

/** How a number stands at Meta, as far as Meta has said. */
export const HealthFigures = ({ number, timeZone }: { number: NumberStanding; timeZone: string }) => (
  <dl class="figures">
    {figuresOf(number).map(({ name, value, event, note = '' }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd class={value === null ? 'figures__none' : undefined}>
          <bdi>{value ?? says.notSaid}</bdi>
        </dd>
        <dd>
          {note} {event === undefined ? null : says.since}{' '}
          {event === undefined ? null : <LocalTime at={event.at} style="date" timeZone={timeZone} />}
        </dd>
      </div>
    ))}
  </dl>
);

function figuresOf({ newest, waiting }: NumberStanding): Figure[] {
  const quality = newest.get('quality');
  const name = newest.get('name');
  const username = newest.get('username');
  const limit = limitOf(newest);
  const handle = username?.facts.username;
  return [
    {
      name: says.figures.quality,
      value: quality === undefined ? null : qualityOf(quality),
      event: quality,
    },
    {
      name: says.figures.limit,
      value: limit === undefined ? null : says.limit(String(limit.facts.limit)),
      event: limit,
    },
    {
      name: says.figures.name,
      value: name === undefined ? null : (says.decisions[name.event] ?? name.event),
      event: name,
      note: name === undefined ? '' : `“${name.facts.name ?? ''}”`,
    },
    ...(username === undefined
      ? []
      : [
          {
            name: says.figures.username,
            value: says.usernames[username.event] ?? username.event,
            event: username,
            note: handle === undefined ? '' : `@${handle}`,
          },
        ]),
    { name: says.figures.waiting, value: waiting.toLocaleString(words.locale) },
  ];
}

/** Meta tells only when it becomes low, and when it is not any more. */
const qualityOf = ({ event }: AccountEvent) =>
  event === 'FLAGGED' ? says.qualities.low : says.qualities.good;

/** The newest that names one: limits come with what is said of quality, and by themselves. */
function limitOf(newest: NumberStanding['newest']): AccountEvent | undefined {
  return ['quality', 'limit']
    .flatMap((kind) => newest.get(kind) ?? [])
    .filter(({ facts }) => facts.limit !== undefined)
    .sort((a, b) => b.at - a.at)[0];
}
