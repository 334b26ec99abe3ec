/** @jsxImportSource preact */
import { type Afterwards, afterwards } from '#src/people/afterwards.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { ErrorSummary } from '../shared/field.tsx';
import { words } from '../words/words.ts';

export type OwnershipProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  person: { userId: number; name: string };
  becomes?: Afterwards;
  errors?: Record<string, string>;
};

/** What it means to make somebody an owner. */
export const OwnershipPage = (props: OwnershipProps) => {
  const { viewer, account, person, becomes = 'admin', errors = {} } = props;
  return (
    <Settings
      place="people"
      person={viewer}
      account={account}
      below={{ title: words.ownershipPage.title, href: '/settings/people' }}
      lead={words.ownershipPage.lead(person.name)}
    >
      <div class="stack narrow">
        <ErrorSummary errors={errors} />
        <form class="stack" method="post" action={`/settings/people/${person.userId}/ownership`}>
          <fieldset class="choices" id="ownership">
            <legend class="h">{words.ownershipPage.becomes}</legend>
            {afterwards.map((role) => (
              <label key={role}>
                <input type="radio" name="becomes" value={role} checked={role === becomes} />
                <span>
                  {words.ownershipPage.choices[role][0]}
                  <small>{words.ownershipPage.choices[role][1]}</small>
                </span>
              </label>
            ))}
          </fieldset>
          <p class="bar">
            <button class="btn btn--primary" type="submit">
              {words.ownershipPage.submit(person.name)}
            </button>
            <a class="btn" href={`/settings/people/${person.userId}`}>
              {words.ownershipPage.cancel}
            </a>
          </p>
        </form>
      </div>
    </Settings>
  );
};
