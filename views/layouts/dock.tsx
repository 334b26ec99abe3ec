/** @jsxImportSource preact */
import type { ViewName } from '../inbox/view.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { furtherPlace } from './further.ts';
import type { Person } from './person.ts';
import { PersonMenu } from './person-menu.tsx';
import { WaitingBadge } from './rail.tsx';

const main: readonly [ViewName, IconName][] = [
  ['mine', 'inbox'],
  ['unassigned', 'people'],
  ['closing', 'clock'],
];
const rest: readonly ViewName[] = ['all', 'needs-reply', 'closed', 'blocked'];

/** The navigation of phones, under the thumb. */
export const Dock = ({ person, view, waiting }: { person: Person; view: ViewName; waiting: number }) => (
  <nav class="dock" aria-label={words.views.label}>
    <ul>
      {main.map(([name, icon]) => (
        <li key={name}>
          <a href={`/inbox/${name}`} aria-current={name === view ? 'page' : undefined}>
            <Icon name={icon} />
            {words.views[name]}
            {name === 'mine' ? <WaitingBadge place="dock" count={waiting} /> : null}
          </a>
        </li>
      ))}
      <li>
        <a href="/search">
          <Icon name="search" />
          {words.search.title}
        </a>
      </li>
      <li>
        <details class="menu menu--up">
          <summary aria-current={rest.includes(view) ? 'page' : undefined}>
            <Icon name="more" />
            {rest.includes(view) ? words.views[view] : words.more}
          </summary>
          <ul class="pop">
            {rest.map((name) => (
              <li key={name}>
                <a href={`/inbox/${name}`}>{words.views[name]}</a>
              </li>
            ))}
            <FurtherLink person={person} />
            <PersonMenu person={person} />
          </ul>
        </details>
      </li>
    </ul>
  </nav>
);

const FurtherLink = ({ person }: { person: Person }) => {
  const further = furtherPlace(person);
  return further === null ? null : (
    <li>
      <a href={further.href}>{further.name}</a>
    </li>
  );
};
