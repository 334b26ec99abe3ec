/** @jsxImportSource preact */
import type { Scope } from '#src/api/scopes.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { scopeWords } from './scope-words.ts';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  name: string;
  secret: string;
  scopes: readonly Scope[];
  expiresAt: number | null;
  /** Where the API is reached. */
  origin: string;
};

/** The one time that a key is shown, with how to use it. */
export const MadeKeyPage = ({ viewer, account, name, secret, scopes, expiresAt, origin }: Props) => (
  <Settings
    place="api"
    person={viewer}
    account={account}
    lead={words.keys.madeLead(name.trim())}
    below={{ title: words.keys.madeTitle, href: '/settings/api' }}
  >
    <div class="stack keys__form">
      <section aria-labelledby="key">
        <h2 class="h" id="key">
          {words.keys.key}
        </h2>
        <pre class="command keys__secret">
          <code>{secret}</code>
        </pre>
        <p class="small">
          {scopeWords(scopes)} ·{' '}
          {expiresAt === null ? (
            words.keys.neverExpires
          ) : (
            <>
              {words.keys.expires} <LocalTime at={expiresAt} style="date" timeZone={account.timeZone} />
            </>
          )}
        </p>
      </section>
      <section aria-labelledby="use">
        <h2 class="h" id="use">
          {words.keys.use}
        </h2>
        <p class="small">{words.keys.useText}</p>
        <pre class="command keys__secret">
          <code>{exampleOf(scopes, secret, origin)}</code>
        </pre>
      </section>
      <p class="bar">
        <a class="btn btn--primary" href="/settings/api">
          {words.keys.done}
        </a>
      </p>
    </div>
  </Settings>
);

/** A line for a shell that does something this key may do. */
function exampleOf(scopes: readonly Scope[], secret: string, origin: string): string {
  const head = `curl -H 'Authorization: Bearer ${secret}'`;
  if (scopes.includes('messages.send') && !scopes.includes('conversations.read')) {
    const body = JSON.stringify({ type: 'text', text: { body: words.keys.exampleText } });
    return `${head} -H 'Idempotency-Key: 1' --json '${body}' ${origin}/api/v1/conversations/ID/messages`;
  }
  return `${head} '${origin}/api/v1/conversations?limit=5'`;
}
