/** @jsxImportSource preact */
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

/** A change that could not be taken in, wholly or for some of its items. */
export type FailedChange = {
  id: number;
  field: string;
  receivedAt: number;
  state: 'failed' | 'partly';
  attempts: number;
  /** Why the whole of it failed. */
  error: string | null;
  items: { position: number; error: string }[];
  hasMoreItems: boolean;
};

export type JournalProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  changes: FailedChange[];
  /** The cursor of the next page, or null at the end. */
  next: string | null;
};

export const JournalPage = ({ viewer, account, changes, next }: JournalProps) => (
  <Settings
    place="journal"
    person={viewer}
    account={account}
    lead={words.journalPage.lead}
    icons={['alert', 'bad', 'retry']}
  >
    {changes.length === 0 ? (
      <div class="sheet">
        <Empty level="h2" title={words.journalPage.none} text={words.journalPage.noneText} />
      </div>
    ) : (
      <ul class="checks">
        {changes.map((change) => (
          <FailedChangeRow key={change.id} change={change} timeZone={account.timeZone} />
        ))}
      </ul>
    )}
    {next === null ? null : (
      <p class="page__more">
        <a class="btn" href={`/settings/journal?cursor=${encodeURIComponent(next)}`}>
          {words.journalPage.more}
        </a>
      </p>
    )}
  </Settings>
);

/** One change with its Replay; also the answer to it. */
export const FailedChangeRow = ({ change, timeZone }: { change: FailedChange; timeZone: string }) => (
  <li id={`change-${change.id}`} class={change.state === 'failed' ? 'is-bad' : 'is-warn'}>
    <Icon name={change.state === 'failed' ? 'bad' : 'alert'} />
    <div>
      <h2>
        <code>{change.field}</code> <em>{words.journalPage[change.state]}</em>
      </h2>
      <p>
        <LocalTime at={change.receivedAt} style="moment" timeZone={timeZone} />
        {` · ${words.journalPage.attempts(change.attempts)}`}
      </p>
      {change.error === null ? null : <p class="mono">{change.error}</p>}
      {change.items.map((item) => (
        <p key={item.position} class="mono">
          {words.journalPage.item(item.position)}: {item.error}
        </p>
      ))}
      {change.hasMoreItems ? <p>{words.journalPage.moreItems}</p> : null}
    </div>
    <form method="post" action={`/journal/${change.id}/replays`}>
      <button class="btn" type="submit" aria-label={words.journalPage.replayOf(change.field)}>
        <Icon name="retry" small />
        {words.journalPage.replay}
      </button>
    </form>
  </li>
);
