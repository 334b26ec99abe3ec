/** @jsxImportSource preact */
import { words } from '../words/words.ts';
import type { Person } from './person.ts';
import type { Place } from './rail.tsx';
import { Switcher } from './switcher.tsx';

/** `account` stands above the other businesses of theirs, if there are any. */
type Props = { person: Person; account?: string; current?: Place };

/** What is under somebody's name on every page: other businesses of theirs, the server, themselves, and the way out. */
export const PersonMenu = ({ person, account, current }: Props) => (
  <>
    <Switcher person={person} {...(account === undefined ? {} : { title: account })} />
    {person.isOperator ? (
      <li>
        <a href="/operator" aria-current={current === 'operator' ? 'page' : undefined}>
          {words.operator.menu}
        </a>
      </li>
    ) : null}
    <li>
      <a href="/me" aria-current={current === 'me' ? 'page' : undefined}>
        {words.mePage.menu}
      </a>
    </li>
    <li>
      <form method="post" action="/logout">
        <button type="submit">{words.signOut}</button>
      </form>
    </li>
  </>
);
