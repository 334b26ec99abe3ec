/** @jsxImportSource preact */
import type { Found } from '#src/search/found.ts';
import { Empty } from '../shared/empty.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { filtersSet, withoutFilters } from './filters.tsx';
import { HitLists } from './hit-lists.tsx';
import type { HitContext } from './hits.tsx';
import { searchPath } from './path.ts';
import type { SearchProps } from './search-page.tsx';

export type ResultsProps = SearchProps & { found: Found; next: string | null };

/** The number is told where there is more than one among what was found. */
export function contextOf({ viewer, account, now, found }: ResultsProps): HitContext {
  const places = [...found.contacts, ...found.messages].map(({ conversation }) => conversation.number.id);
  return { viewer, timeZone: account.timeZone, now, tellsNumber: new Set(places).size > 1 };
}

/** What was found; and when it may not be all, why, and how to go on. */
export const Results = (props: ResultsProps) => (
  <>
    <Preparing {...props} />
    {isNothing(props.found) ? (
      <Nothing {...props} />
    ) : (
      <HitLists
        found={props.found}
        context={contextOf(props)}
        level="h2"
        besideContacts={<MoreContacts {...props} />}
        besideMessages={<OrderLinks {...props} />}
      />
    )}
    <GoOn {...props} />
  </>
);

export const isNothing = ({ contacts, messages }: Found) => contacts.length + messages.length === 0;

/** After an upgrade not everything can be found at once. */
export const Preparing = ({ found: { preparingBefore: at }, account: { timeZone }, now }: ResultsProps) =>
  at === null ? null : (
    <p class="small" role="status">
      {words.search.preparing} <LocalTime at={at} style="date" timeZone={timeZone} now={now} />.
    </p>
  );

function Nothing({ asked, used, found }: ResultsProps) {
  const hasFilters = filtersSet(asked) > 0;
  return (
    <Empty
      level="h2"
      title={found.isComplete ? words.search.none(used) : words.search.noneYet(used)}
      text={hasFilters ? words.search.noneFiltered : words.search.noneText}
    >
      {hasFilters ? (
        <a class="btn" href={searchPath(withoutFilters(asked))}>
          {words.search.withoutFilters}
        </a>
      ) : undefined}
    </Empty>
  );
}

function MoreContacts({ asked, found }: ResultsProps) {
  if (asked.only === 'contacts') {
    return (
      <a class="link" href={searchPath({ ...asked, only: '' })}>
        {words.search.backToAll}
      </a>
    );
  }
  return found.areAllContacts ? null : (
    <a class="link" href={searchPath({ ...asked, only: 'contacts' })}>
      {words.search.allContacts}
    </a>
  );
}

const OrderLinks = ({ asked }: ResultsProps) => (
  <nav class="orders" aria-label={words.search.orderLabel}>
    {(['newest', 'best'] as const).map((order) => (
      <a
        key={order}
        href={searchPath({ ...asked, order: order === 'newest' ? '' : order, cursor: '' })}
        aria-current={(asked.order === 'best') === (order === 'best') ? 'true' : undefined}
      >
        {words.search[order]}
      </a>
    ))}
  </nav>
);

function GoOn({ asked, found, next }: ResultsProps) {
  const isCut = asked.only === 'contacts' && !found.areAllContacts;
  return (
    <>
      {found.isComplete ? null : (
        <p class="small results__limit">
          {asked.order === 'best' ? words.search.ranked : words.search.incomplete}
        </p>
      )}
      {isCut ? <p class="small results__limit">{words.search.firstContacts}</p> : null}
      {next === null ? null : (
        <p class="page__more">
          <a class="btn" href={searchPath({ ...asked, cursor: next })}>
            {found.isComplete ? words.search.moreMessages : words.search.further}
          </a>
        </p>
      )}
    </>
  );
}
