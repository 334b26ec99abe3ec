/** @jsxImportSource preact */
import { assetUrl } from '#src/http/assets.ts';
import { drawnOnce } from '../shared/drawn.ts';
import { Empty } from '../shared/empty.tsx';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { HitLists } from './hit-lists.tsx';
import { searchPath } from './path.ts';
import { contextOf, isNothing, Preparing, type ResultsProps } from './results.tsx';
import type { SearchProps } from './search-page.tsx';
import { StateNotice } from './state-notice.tsx';

/** The box over a list: a form that leads to the page of search; `<search-box>` shows what is found meanwhile. */
export const SearchBox = drawnOnce(() => (
  <search-box data-failed={words.search.failed} data-script={assetUrl('search.js')}>
    <search>
      <form class="search" method="get" action="/search">
        <Icon name="search" />
        <label class="vh" for="q">
          {words.search.label}
        </label>
        <input
          id="q"
          name="q"
          type="search"
          placeholder={words.search.placeholder}
          autocomplete="off"
          aria-describedby="q-moves"
          aria-keyshortcuts="/"
        />
        <kbd>/</kbd>
      </form>
    </search>
    <p class="vh" id="q-moves">
      {words.search.moves}
    </p>
    <section class="search__found" aria-label={words.search.boxLabel} tabIndex={-1} hidden />
    <p class="vh" role="status" />
  </search-box>
));

/** What `<search-box>` shows while somebody types; what it says aloud stands in its data. */
export const SearchBoxFound = (props: SearchProps) => (
  <div data-say={sayFound(props)}>
    {props.state.kind === 'found' ? (
      <BoxResults {...props} {...props.state} />
    ) : (
      <StateNotice state={props.state} asked={props.asked} level="h3" />
    )}
  </div>
);

const BoxResults = (props: ResultsProps) => (
  <>
    <Preparing {...props} />
    {isNothing(props.found) ? (
      <Empty
        title={props.found.isComplete ? words.search.none(props.used) : words.search.noneYet(props.used)}
        text={words.search.noneText}
      />
    ) : (
      <HitLists found={props.found} context={contextOf(props)} level="h3" />
    )}
    <p class="search__all">
      <a class="btn btn--quiet btn--wide" href={searchPath({ ...props.asked, q: props.used })}>
        {words.search.allResults(props.used)}
      </a>
    </p>
  </>
);

function sayFound({ state, used }: SearchProps): string {
  if (state.kind === 'found') {
    const { contacts, messages } = state.found;
    return words.search.counts(contacts.length, messages.length) || words.search.none(used);
  } else {
    const [title = ''] =
      state.kind === 'often' ? words.search.often(state.waitSeconds) : words.search.states[state.kind];
    return title;
  }
}
