/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { Person } from '../layouts/person.ts';
import { shownCount } from '../layouts/rail.tsx';
import { SearchBox } from '../search/search-box.tsx';
import { Empty } from '../shared/empty.tsx';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { ConversationRow } from './conversation-row.tsx';
import { NoNumber } from './no-number.tsx';
import type { ViewName } from './view.ts';

export type ListPage = {
  rows: ConversationSummary[];
  /** The cursor of the next page, or null at the end. */
  next: string | null;
};

type Props = {
  view: ViewName;
  viewer: Person;
  numberless?: { accountId: number } | undefined;
  counts: Record<'mine' | 'unassigned' | 'all', number>;
  list: ListPage;
  openId: number | undefined;
  now: number;
  timeZone: string;
};

/** The list pane. `<inbox-list>` takes what lands in its inlet and puts it where the view wants it. */
export function ConversationList({ view, viewer, numberless, counts, list, openId, now, timeZone }: Props) {
  const mainNumberId =
    list.rows.length === 0 ? undefined : Math.min(...list.rows.map((row) => row.number.id));
  const [title = '', text = ''] = words.empty[view];
  return (
    <section class="list" aria-labelledby="list-title">
      <header class="list__head">
        <div class="list__title">
          <h2 id="list-title">{words.views[view]}</h2>
        </div>
        <SearchBox />
        <Tabs view={view} counts={counts} />
      </header>
      <inbox-list
        class="list__scroll"
        data-view={view}
        data-user={viewer.userId}
        data-number={mainNumberId}
        data-open={openId}
      >
        {groupsOf(view, list.rows).map((group) => (
          <section key={group.name} class="list__group" data-group={group.name}>
            <h3 class="group">
              <b>{words.groups[group.name]}</b>
              {group.order === null ? null : <span>{group.order}</span>}
            </h3>
            <ul>
              {group.rows.map((row) => (
                <ConversationRow
                  key={row.id}
                  row={row}
                  view={view}
                  isCurrent={row.id === openId}
                  mainNumberId={mainNumberId}
                  now={now}
                  timeZone={timeZone}
                />
              ))}
            </ul>
          </section>
        ))}
        {numberless === undefined ? (
          <Empty title={title} text={text}>
            {view === 'mine' ? (
              <a class="btn" href="/inbox/unassigned">
                {words.takeNext}
              </a>
            ) : undefined}
          </Empty>
        ) : (
          <>
            <div class="only-wide">
              <Empty title={words.noNumber.title} text={words.noNumber.short} />
            </div>
            <div class="only-phone">
              <NoNumber {...numberless} mayConnect={viewer.permissions.has('settings.manage')} />
            </div>
          </>
        )}
        {list.next === null ? null : (
          <p class="list__more">
            <a class="btn btn--quiet" href={`/inbox/${view}?cursor=${encodeURIComponent(list.next)}`}>
              {words.moreConversations}
            </a>
          </p>
        )}
        <ul id="list-inlet" hidden />
      </inbox-list>
    </section>
  );
}

type Group = {
  name: 'waiting' | 'answered' | (ViewName & keyof typeof words.groups);
  order: string | null;
  rows: ConversationSummary[];
};

/** Who waits comes first; views with one order of their own have one group. */
function groupsOf(view: ViewName, rows: ConversationSummary[]): Group[] {
  if (view === 'mine' || view === 'unassigned') {
    return [
      {
        name: 'waiting',
        order: words.groups.waitingOrder,
        rows: rows.filter((row) => row.waitingSince !== null),
      },
      {
        name: 'answered',
        order: words.groups.answeredOrder,
        rows: rows.filter((row) => row.waitingSince === null),
      },
    ];
  }
  const orders = {
    all: words.groups.answeredOrder,
    'needs-reply': words.groups.waitingOrder,
    closing: words.groups.closingOrder,
    closed: words.groups.answeredOrder,
    blocked: words.groups.answeredOrder,
  };
  return [{ name: view, order: orders[view], rows }];
}

const tabs = ['mine', 'unassigned', 'all'] as const;
const moreViews = ['needs-reply', 'closing', 'closed', 'blocked'] as const;

function Tabs({ view, counts }: Pick<Props, 'view' | 'counts'>) {
  const isMore = moreViews.some((name) => name === view);
  return (
    <nav class="tabs" aria-label={words.views.label}>
      {tabs.map((name) => (
        <a key={name} href={`/inbox/${name}`} aria-current={name === view ? 'page' : undefined}>
          {words.views[name]} <TabCount view={name} count={counts[name]} />
        </a>
      ))}
      <details class="menu">
        <summary aria-label={isMore ? undefined : words.moreViews} aria-current={isMore ? 'page' : undefined}>
          <span class={isMore ? undefined : 'not-tablet'}>{isMore ? words.views[view] : words.more}</span>
          <Icon name="down" small />
        </summary>
        <ul class="pop">
          {moreViews.map((name) => (
            <li key={name}>
              <a href={`/inbox/${name}`} aria-current={name === view ? 'page' : undefined}>
                {words.views[name]}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  );
}

export const TabCount = ({ view, count }: { view: 'mine' | 'unassigned' | 'all'; count: number }) => (
  <b id={`count-${view}`} data-count={count}>
    {shownCount(count)}
    <span class="vh"> {words.waiting}</span>
  </b>
);
