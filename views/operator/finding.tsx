/** @jsxImportSource preact */
import type { Finding, Place, State } from '#src/operator/judge.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { Name } from '../shared/name.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { sayFinding } from './said.ts';

/** A shape for each state beside its colour: the words carry the meaning. */
const looks: Record<State, { icon: IconName; mark: string }> = {
  fine: { icon: 'okc', mark: 'is-ok' },
  look: { icon: 'alert', mark: 'is-warn' },
  act: { icon: 'bad', mark: 'is-bad' },
};
export const stateIcon = (state: State): IconName => looks[state].icon;

type Props = { finding: Finding; timeZone: string };

/** One thing that is well or not, and what to do about it. */
export function FindingRow({ finding, timeZone }: Props) {
  const { icon, mark } = looks[finding.state];
  const { title, note, text, todo } = sayFinding(finding);
  return (
    <li class={mark}>
      <Icon name={icon} />
      <div>
        <h3>
          <span class="vh">{words.operator.states[finding.state]}</span>
          {finding.about === 'closed' ? <Name of={title} /> : title}
          {note === undefined ? null : <em> {note}</em>}
          {finding.about === 'crash' && finding.pickUp !== null ? (
            <em>
              {' '}
              <LocalTime at={finding.pickUp.at} style="moment" timeZone={timeZone} />
            </em>
          ) : null}
        </h3>
        <p>{text}</p>
        {todo === undefined ? null : <p>{todo}</p>}
        {finding.about === 'closed' ? (
          <p>
            {words.operator.closed.folder} <code>accounts/{finding.closed.id}</code>
          </p>
        ) : null}
        {'places' in finding && finding.places.length > 0 ? <Places places={finding.places} /> : null}
      </div>
    </li>
  );
}

const SHOWN = 10;

/** The businesses it is about: their names and ids, and nothing else of them. */
const Places = ({ places }: { places: readonly Place[] }) => (
  <p>
    {words.operator.inPlaces}
    {places.slice(0, SHOWN).map(({ id, name, count }, index) => (
      <span key={id}>
        {index === 0 ? ' ' : ', '}
        <Name of={name} /> ({count}) <code>{id}</code>
      </span>
    ))}
    {places.length > SHOWN ? ` ${words.operator.more(places.length - SHOWN)}` : null}
  </p>
);
