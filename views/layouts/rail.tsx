/** @jsxImportSource preact */
import { Icon, Logo } from '../shared/icon.tsx';
import { TeamMark } from '../shared/ring.tsx';
import { words } from '../words/words.ts';
import { furtherPlace } from './further.ts';
import type { Person } from './person.ts';
import { PersonMenu } from './person-menu.tsx';

/** Which part of the product a page belongs to. */
export type Place = 'inbox' | 'search' | 'settings' | 'templates' | 'operator' | 'me';

type Props = {
  person: Person;
  account: string;
  current: Place;
  waiting?: number | undefined;
};

const current = (is: boolean) => (is ? 'page' : undefined);

/** The main navigation beside the panes: only what exists, and only what this person may use. */
export const Rail = ({ person, account, current: place, waiting }: Props) => {
  const further = furtherPlace(person);
  return (
    <nav class="rail" aria-label={words.mainNavigation}>
      <a class="rail__logo" href="/inbox">
        <Logo />
        <span class="vh">{`${words.product}, ${account}`}</span>
      </a>
      <ul>
        <li>
          <a class="rail__item" href="/inbox" aria-current={current(place === 'inbox')}>
            <Icon name="inbox" />
            {words.inbox}
            {waiting === undefined ? null : <WaitingBadge place="rail" count={waiting} />}
          </a>
        </li>
        <li>
          <a class="rail__item" href="/search" aria-current={current(place === 'search')}>
            <Icon name="search" />
            {words.search.title}
          </a>
        </li>
        {further === null ? null : (
          <li>
            <a class="rail__item" href={further.href} aria-current={current(place === further.place)}>
              <Icon name={further.icon} />
              {further.name}
            </a>
          </li>
        )}
      </ul>
      <details class="rail__end menu menu--side">
        <summary class="rail__item">
          <TeamMark name={person.name} />
          <span class="vh">{words.signedInAs(person.name)}</span>
        </summary>
        <ul class="pop">
          <li class="pop__title">
            <bdi>{person.name}</bdi>
          </li>
          <PersonMenu person={person} account={account} current={place} />
        </ul>
      </details>
    </nav>
  );
};

/** How many of mine wait; the page's counters reach it by its class. */
export const WaitingBadge = ({ place, count }: { place: 'rail' | 'dock'; count: number }) => (
  <span class="badge" id={`count-${place}`} data-count={count}>
    {shownCount(count)}
    <span class="vh"> {words.waiting}</span>
  </span>
);

export const shownCount = (count: number) => (count > 99 ? '99+' : String(count));
