/** @jsxImportSource preact */
import type { ListedKey } from '#src/api/list-keys.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { Icon, type IconName } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { scopeWords } from './scope-words.ts';

export type KeysProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  keys: readonly ListedKey[];
  /** The cursor of the next page, or null at the end. */
  next: number | null;
  isFirst: boolean;
  now: number;
};

/** Every key of the account, with what it may do and whether anything uses it. */
export const KeysPage = ({ viewer, account, keys, next, isFirst, now }: KeysProps) => (
  <Settings
    place="api"
    person={viewer}
    account={account}
    lead={words.keys.lead}
    icons={['lock', 'clock', 'bad']}
    actions={<NewKey />}
  >
    {keys.length === 0 ? (
      <div class="sheet">
        <Empty level="h2" title={words.keys.none} text={words.keys.noneText} />
      </div>
    ) : (
      <ul class="checks keys" aria-label={words.keys.listLabel}>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} timeZone={account.timeZone} now={now} />
        ))}
      </ul>
    )}
    {isFirst && next === null ? null : (
      <p class="page__more bar">
        {isFirst ? null : (
          <a class="btn" href="/settings/api">
            {words.keys.newest}
          </a>
        )}
        {next === null ? null : (
          <a class="btn" href={`/settings/api?cursor=${next}`}>
            {words.keys.older}
          </a>
        )}
      </p>
    )}
  </Settings>
);

const NewKey = () => (
  <a class="btn btn--primary" href="/settings/api/new">
    {words.keys.new}
  </a>
);

const icons = { valid: 'lock', expired: 'clock', revoked: 'bad' } as const satisfies Record<
  ListedKey['state'],
  IconName
>;

type RowProps = { apiKey: ListedKey; timeZone: string; now: number };

function KeyRow({ apiKey, timeZone, now }: RowProps) {
  const { id, name, state, createdBy, createdAt } = apiKey;
  const maker = createdBy === null ? words.keys.commandLine : (createdBy.name ?? words.keys.somebody);
  return (
    <li class={state === 'valid' ? 'keys__key' : 'keys__key is-over'}>
      <Icon name={icons[state]} />
      <div>
        <h2>
          <bdi>{name}</bdi> <em class={`keys__state keys__state--${state}`}>{words.keys.states[state]}</em>
        </h2>
        <p>{scopeWords(apiKey.scopes)}</p>
        <p class="keys__facts">
          <span>
            {words.keys.madeBy(maker)}, <LocalTime at={createdAt} style="date" timeZone={timeZone} />
          </span>
          <Used apiKey={apiKey} timeZone={timeZone} now={now} />
          <Ends apiKey={apiKey} timeZone={timeZone} now={now} />
        </p>
      </div>
      {state === 'revoked' ? null : (
        <a class="btn" href={`/settings/api/${id}/revocation`} aria-label={words.keys.revokeName(name)}>
          {words.keys.revoke}
        </a>
      )}
    </li>
  );
}

const YEARLY_MS = 300 * 24 * 60 * 60_000;

/** The time of day matters for what was just now, the year for what was long ago. */
const near = (at: number, now: number) => (now - at < YEARLY_MS ? 'moment' : 'date');

const Used = ({ apiKey: { usedAt }, timeZone, now }: RowProps) => (
  <span>
    {usedAt === null ? (
      words.keys.neverUsed
    ) : (
      <>
        {words.keys.used} <LocalTime at={usedAt} style={near(usedAt, now)} timeZone={timeZone} now={now} />
      </>
    )}
  </span>
);

function Ends({ apiKey: { state, expiresAt, revokedAt }, timeZone }: RowProps) {
  const end =
    state === 'revoked'
      ? { text: words.keys.revoked, at: revokedAt }
      : { text: state === 'expired' ? words.keys.expired : words.keys.expires, at: expiresAt };
  return (
    <span>
      {end.at === null ? (
        words.keys.neverExpires
      ) : (
        <>
          {end.text} <LocalTime at={end.at} style="date" timeZone={timeZone} />
        </>
      )}
    </span>
  );
}
