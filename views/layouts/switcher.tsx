/** @jsxImportSource preact */
import { words } from '../words/words.ts';
import type { Person } from './person.ts';

/** For somebody in several businesses: the way to the others, inside the menu of oneself. */
export const Switcher = ({ person, title }: { person: Person; title?: string }) => {
  const others = (person.homes ?? []).filter(({ id }) => id !== person.accountId);
  return others.length === 0 ? null : (
    <>
      {title === undefined ? null : (
        <li class="pop__title">
          <bdi>{title}</bdi>
        </li>
      )}
      {others.map(({ id, name }) => (
        <li key={id}>
          <form method="post" action="/account">
            <button type="submit" name="account" value={id}>
              <bdi>{words.switcher.to(name)}</bdi>
            </button>
          </form>
        </li>
      ))}
    </>
  );
};
