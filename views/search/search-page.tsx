/** @jsxImportSource preact */
import type { Asked } from '#src/search/asked.ts';
import type { Found } from '#src/search/found.ts';
import { Page } from '../layouts/page.tsx';
import type { Person } from '../layouts/person.ts';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { Filters } from './filters.tsx';
import { Results } from './results.tsx';
import { StateNotice } from './state-notice.tsx';

export type SearchState =
  | { kind: 'empty' | 'short' | 'late' | 'busy' }
  | { kind: 'often'; waitSeconds: number }
  /** `next`: the cursor of what comes after, or null. */
  | { kind: 'found'; found: Found; next: string | null };

export type SearchProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  asked: Asked;
  /** What of the text is used. */
  used: string;
  state: SearchState;
  numbers: { id: number; name: string }[];
  members: { id: number; name: string }[];
  now: number;
};

/** Search as a page: a plain form, and what was found. */
export const SearchPage = (props: SearchProps) => (
  <Page
    title={props.used === '' ? words.search.title : words.search.titleFor(props.used)}
    person={props.viewer}
    account={props.account.name}
    current="search"
    icons={['file', 'search']}
  >
    <h1 class="title search__title">{words.search.title}</h1>
    <SearchForm {...props} />
    <div class="results">
      {props.state.kind === 'found' ? (
        <Results {...props} {...props.state} />
      ) : (
        <StateNotice state={props.state} asked={props.asked} level="h2" />
      )}
    </div>
  </Page>
);

const SearchForm = ({ asked, used, state, numbers, members }: SearchProps) => (
  <search>
    <form class="finder" method="get" action="/search">
      <div class="finder__line">
        <div class="search">
          <Icon name="search" />
          <label class="vh" for="q">
            {words.search.label}
          </label>
          <input
            id="q"
            name="q"
            type="search"
            value={asked.q}
            autocomplete="off"
            autofocus={asked.q === ''}
          />
        </div>
        <button class="btn btn--primary" type="submit">
          {words.search.submit}
        </button>
      </div>
      {asked.order === 'best' ? <input type="hidden" name="order" value="best" /> : null}
      <Filters asked={asked} numbers={numbers} members={members} />
      {state.kind === 'found' && isCut(asked.q, used) ? <p class="small">{words.search.cut}</p> : null}
    </form>
  </search>
);

/** Whether more was typed than is used. */
const isCut = (typed: string, used: string) => typed.replace(/\s+/g, ' ').trim().length > used.length;
