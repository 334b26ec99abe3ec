/** @jsxImportSource preact */
import type { ListedKey } from '#src/api/list-keys.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { scopeWords } from './scope-words.ts';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  apiKey: ListedKey;
  now: number;
};

/** The question before a key is ended. */
export const RevocationPage = ({ viewer, account, apiKey, now }: Props) => (
  <Settings
    place="api"
    person={viewer}
    account={account}
    below={{ title: words.keys.revokeTitle(apiKey.name), href: '/settings/api' }}
  >
    <div class="stack keys__form">
      <div>
        <p>{apiKey.state === 'revoked' ? words.keys.over : words.keys.revokeText}</p>
        <p class="small">
          {scopeWords(apiKey.scopes)}.{' '}
          {apiKey.usedAt === null ? (
            words.keys.revokeUnused
          ) : (
            <>
              {words.keys.revokeUsed}{' '}
              <LocalTime at={apiKey.usedAt} style="moment" timeZone={account.timeZone} now={now} />.
            </>
          )}
        </p>
      </div>
      {apiKey.state === 'revoked' ? (
        <p class="bar">
          <a class="btn" href="/settings/api">
            {words.keys.back}
          </a>
        </p>
      ) : (
        <form class="bar" method="post" action={`/settings/api/${apiKey.id}/revocation`}>
          <button class="btn btn--primary" type="submit">
            {words.keys.confirm}
          </button>
          <a class="btn" href="/settings/api">
            {words.keys.keep}
          </a>
        </form>
      )}
    </div>
  </Settings>
);
