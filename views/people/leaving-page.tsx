/** @jsxImportSource preact */
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { ErrorSummary } from '../shared/field.tsx';
import { Said } from '../shared/said.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

export type LeavingProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  person: { userId: number; name: string };
  conversations: number;
  isElsewhere: boolean;
  keys: readonly { id: number; name: string; usedAt: number | null }[];
  errors?: Record<string, string>;
  /** Somebody comes back from proving who they are; what they had ticked is gone. */
  isProven?: boolean;
  now: number;
};

/** What will happen when somebody is taken out, before it does. */
export const LeavingPage = (props: LeavingProps) => {
  const { viewer, account, person, conversations, isElsewhere, errors = {}, isProven = false } = props;
  return (
    <Settings
      place="people"
      person={viewer}
      account={account}
      below={{ title: words.leavingPage.title(person.name), href: '/settings/people' }}
      icons={['okc']}
    >
      <Said text={isProven ? words.people.said.proven : undefined} />
      <div class="stack narrow">
        <ErrorSummary errors={errors} />
        <section aria-labelledby="person">
          <h2 class="h" id="person">
            {words.leavingPage.willHappen}
          </h2>
          <ul class="happens">
            <li>{words.leavingPage.signedOut}</li>
            {isElsewhere ? <li>{words.leavingPage.elsewhere}</li> : null}
            <li>
              {conversations === 0
                ? words.leavingPage.noConversations
                : words.leavingPage.conversations(conversations)}
            </li>
            <li>{words.leavingPage.invitations}</li>
            <li>{words.leavingPage.names}</li>
            <li>{words.leavingPage.comeBack}</li>
          </ul>
        </section>
        <form
          class="stack stack--near"
          method="post"
          action={`/settings/people/${person.userId}/deactivation`}
        >
          <Keys {...props} />
          <p class="bar">
            <button class="btn btn--primary" type="submit">
              {words.leavingPage.submit(person.name)}
            </button>
            <a class="btn" href={`/settings/people/${person.userId}`}>
              {words.leavingPage.cancel}
            </a>
          </p>
        </form>
      </div>
    </Settings>
  );
};

const Keys = ({ keys, account, now }: LeavingProps) =>
  keys.length === 0 ? null : (
    <fieldset class="field">
      <legend>{words.leavingPage.keys}</legend>
      <p>{words.leavingPage.keysHelp}</p>
      {keys.map(({ id, name, usedAt }) => (
        <label key={id} class="tick">
          <input type="checkbox" name="revoke" value={id} checked />
          <span>
            <bdi>{words.leavingPage.revoke(name)}</bdi>{' '}
            <span class="meta">
              {usedAt === null ? (
                words.leavingPage.neverUsed
              ) : (
                <>
                  {words.leavingPage.lastUsed}{' '}
                  <LocalTime at={usedAt} style="moment" timeZone={account.timeZone} now={now} />
                </>
              )}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
