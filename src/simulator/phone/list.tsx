/** @jsxImportSource preact */
import type { Person } from '../people.ts';
import { words } from '../words.ts';
import { Page } from './page.tsx';
import { nameOf } from './side.tsx';

/** Everyone who can be played. */
export function PhoneList({ people }: { people: Person[] }) {
  return (
    <Page title={words.listTitle}>
      <main class="choose" id="main">
        <h1 class="title">{words.chooseHeading}</h1>
        <p class="small">{people.length === 0 ? words.nobody : words.chooseExplanation}</p>
        <ul class="scenes">
          {people.map((person) => {
            const [waId, name] = nameOf(person);
            return (
              <li key={waId}>
                <a href={`/phone/${waId}`}>
                  <b>{name}</b>
                  <small>{person.hidePhone ? person.userId : person.phone}</small>
                </a>
              </li>
            );
          })}
        </ul>
      </main>
    </Page>
  );
}
