/** @jsxImportSource preact */
import { type Expiry, expiries } from '#src/api/expiry.ts';
import type { Scope } from '#src/api/scopes.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { words } from '../words/words.ts';

type Given = Readonly<Record<string, string | undefined>>;
type Errors = Readonly<Record<string, string>>;

export type NewKeyProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  /** What they can give a key. */
  scopes: readonly Scope[];
  /** What was sent before, when it was refused. */
  given?: Given;
  errors?: Errors;
};

/** What a key is made from. */
export const NewKeyPage = ({ viewer, account, scopes, given = {}, errors = {} }: NewKeyProps) => (
  <Settings
    place="api"
    person={viewer}
    account={account}
    lead={words.keys.newLead}
    below={{ title: words.keys.newTitle, href: '/settings/api' }}
  >
    {scopes.length === 0 ? (
      <div class="sheet">
        <Empty level="h2" title={words.keys.noScopes[0] ?? ''} text={words.keys.noScopes[1] ?? ''} />
      </div>
    ) : (
      <form class="stack keys__form" method="post" action="/settings/api">
        <ErrorSummary errors={errors} />
        <Field
          name="name"
          label={words.keys.name}
          help={words.keys.nameHelp}
          value={given.name}
          error={errors.name}
          maxlength={120}
        />
        <Scopes scopes={scopes} given={given} error={errors.scopes} />
        <Expires given={given} errors={errors} />
        <p class="bar">
          <button class="btn btn--primary" type="submit">
            {words.keys.make}
          </button>
        </p>
      </form>
    )}
  </Settings>
);

type ScopesProps = { scopes: readonly Scope[]; given: Given; error: string | undefined };

const Scopes = ({ scopes, given, error }: ScopesProps) => (
  <fieldset class="choices" id="scopes" tabIndex={-1} aria-describedby="scopes-help">
    <legend class="h">{words.keys.scopes}</legend>
    {scopes.map((scope) => (
      <label key={scope}>
        <input type="checkbox" name={scope} value="1" checked={given[scope] !== undefined} />
        <span>
          {words.keys.scopeNames[scope][0]}
          <small>{words.keys.scopeNames[scope][1]}</small>
        </span>
      </label>
    ))}
    <p class={error === undefined ? 'small choices__note' : 'wrong choices__note'} id="scopes-help">
      {error ?? words.keys.scopesHelp}
    </p>
  </fieldset>
);

function Expires({ given, errors }: { given: Given; errors: Errors }) {
  const error = errors.expiry ?? errors.date;
  const chosen = given.expiry ?? (given.name === undefined ? 'never' : '');
  return (
    <fieldset
      class="choices"
      id="expiry"
      tabIndex={-1}
      aria-describedby={error === undefined ? undefined : 'expiry-wrong'}
    >
      <legend class="h">{words.keys.expiry}</legend>
      {expiries.map((expiry) => (
        <Option key={expiry} expiry={expiry} isChosen={chosen === expiry} />
      ))}
      <p class="field choices__note">
        <label for="date">{words.keys.date}</label>
        <input
          id="date"
          name="date"
          type="date"
          value={given.date ?? ''}
          aria-invalid={errors.date === undefined ? undefined : 'true'}
        />
      </p>
      {error === undefined ? null : (
        <p class="wrong choices__note" id="expiry-wrong">
          {error}
        </p>
      )}
    </fieldset>
  );
}

const Option = ({ expiry, isChosen }: { expiry: Expiry; isChosen: boolean }) => (
  <label>
    <input type="radio" name="expiry" value={expiry} checked={isChosen} />
    <span>
      {words.keys.expiries[expiry][0]}
      <small>{words.keys.expiries[expiry][1]}</small>
    </span>
  </label>
);
