/** @jsxImportSource preact */
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { words } from '../words/words.ts';

export type LeftProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  person: { name: string };
  conversations: readonly { id: number; name: string; snippet: string; team: string | null }[];
};

/** Which conversations somebody who left had, so that they are not forgotten. */
export const LeftPage = ({ viewer, account, person, conversations }: LeftProps) => (
  <Settings
    place="people"
    person={viewer}
    account={account}
    below={{ title: words.leftPage.title(person.name), href: '/settings/people' }}
    {...(conversations.length === 0 ? {} : { lead: words.leftPage.lead(conversations.length) })}
  >
    {conversations.length === 0 ? (
      <div class="sheet">
        <Empty level="h2" title={words.leftPage.none} text={words.leftPage.noneText} />
      </div>
    ) : (
      <ul class="choose">
        {conversations.map(({ id, name, snippet, team }) => (
          <li key={id}>
            <a href={`/c/${id}`}>
              <bdi>{name}</bdi>
              <small>
                <bdi>{team ?? words.leftPage.nobody}</bdi>
                {snippet === '' ? null : (
                  <>
                    {' · '}
                    <bdi>{snippet}</bdi>
                  </>
                )}
              </small>
            </a>
          </li>
        ))}
      </ul>
    )}
    <p class="page__more">
      <a class="btn" href="/settings/people">
        {words.leftPage.done}
      </a>
    </p>
  </Settings>
);
