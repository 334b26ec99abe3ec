/** @jsxImportSource preact */
import type { AskedTemplates, SyncState, TemplateList } from '#src/templates/list.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { Choose, categoryOptions, languageOptions, SearchField, statusOptions } from './find-fields.tsx';
import { TemplateRow } from './template-row.tsx';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  asked: AskedTemplates;
  list: TemplateList;
  now: number;
};

/** Every template of the account, with what Meta says of it. */
export function TemplatesPage({ viewer, account, asked, list, now }: Props) {
  const isFiltered = Object.values(asked).some((value) => value !== '');
  return (
    <Settings
      place="templates"
      person={viewer}
      account={account}
      lead={words.templates.intro}
      icons={['okc', 'clock', 'bad']}
      actions={viewer.permissions.has('settings.manage') ? <ReadAgain /> : undefined}
    >
      <ul class="templates__syncs">
        {list.syncs.map((sync) => (
          <Sync key={sync.wabaId} sync={sync} timeZone={account.timeZone} now={now} />
        ))}
      </ul>
      {list.total === 0 && !isFiltered ? (
        <div class="sheet">
          <Empty level="h2" title={words.templates.none[0]} text={words.templates.none[1]} />
        </div>
      ) : (
        <>
          <Filters asked={asked} list={list} />
          <p class="meta templates__count" role="status">
            {words.templates.count(list.shown.length + list.more)}
          </p>
          {list.shown.length === 0 ? (
            <div class="sheet">
              <Empty level="h2" title={words.templates.noneFound[0]} text={words.templates.noneFound[1]} />
            </div>
          ) : (
            <ul class="templates__rows">
              {list.shown.map((choice) => (
                <TemplateRow key={choice.template.id} {...choice} />
              ))}
            </ul>
          )}
          {list.more === 0 ? null : <p class="meta">{words.templates.more(list.more)}</p>}
        </>
      )}
    </Settings>
  );
}

const ReadAgain = () => (
  <form method="post" action="/templates/sync">
    <button class="btn" type="submit">
      {words.templates.readAgain}
    </button>
  </form>
);

const Sync = ({ sync, timeZone, now }: { sync: SyncState; timeZone: string; now: number }) => (
  <li class="small">
    <bdi>{sync.numbers.join(', ')}</bdi>
    {': '}
    {sync.syncedAt === null ? (
      words.templates.neverRead
    ) : (
      <>
        {words.templates.readAt} <LocalTime at={sync.syncedAt} style="moment" timeZone={timeZone} now={now} />
      </>
    )}
    {sync.error === null ? null : (
      <p class="wrong">
        {words.templates.readFailed} {sync.error} {sync.syncedAt === null ? null : words.templates.stillThere}
      </p>
    )}
    {sync.isDue ? <p>{words.templates.reading}</p> : null}
  </li>
);

const Filters = ({ asked, list }: { asked: AskedTemplates; list: TemplateList }) => (
  <form class="templates__find" method="get" action="/templates">
    <SearchField value={asked.q} />
    <Choose
      name="status"
      label={words.templates.status}
      any={words.templates.anyStatus}
      chosen={asked.status}
      options={statusOptions(list.statuses)}
    />
    <Choose
      name="category"
      label={words.templates.category}
      any={words.templates.anyCategory}
      chosen={asked.category}
      options={categoryOptions(list.categories)}
    />
    <Choose
      name="language"
      label={words.templates.language}
      any={words.templates.anyLanguage}
      chosen={asked.language}
      options={languageOptions(list.languages)}
    />
    <button class="btn" type="submit">
      {words.templates.filter}
    </button>
  </form>
);
