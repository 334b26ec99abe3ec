/** @jsxImportSource preact */
import type { FoundContact } from '#src/search/found.ts';
import { Empty } from '../shared/empty.tsx';
import { Icon } from '../shared/icon.tsx';
import { phoneInWords } from '../shared/phone.ts';
import { words } from '../words/words.ts';
import type { MergePageProps } from './merge-page.tsx';
import { mergePath } from './path.ts';

const says = words.merging;

/** Looking for the other contact. */
export const OtherSearch = ({ person, q, search }: MergePageProps) => (
  <section class="stack stack--near" aria-labelledby="other">
    <h2 class="h" id="other">
      {says.search}
    </h2>
    <p class="small">{says.searchText}</p>
    <form class="finder" method="get" action={mergePath(person.id)}>
      <div class="finder__line">
        <div class="search">
          <Icon name="search" />
          <label class="vh" for="q">
            {says.searchLabel}
          </label>
          <input id="q" name="q" type="search" value={q} autocomplete="off" />
        </div>
        <button class="btn" type="submit">
          {says.searchSubmit}
        </button>
      </div>
    </form>
    {search.kind === 'empty' ? null : <Found person={person} q={q} search={search} />}
  </section>
);

function Found({ person, q, search }: Pick<MergePageProps, 'person' | 'q' | 'search'>) {
  if (search.kind !== 'found') {
    const [title = '', text = ''] =
      search.kind === 'often' ? words.search.often(search.waitSeconds) : words.search.states[search.kind];
    return (
      <div class="sheet">
        <Empty level="h3" title={title} text={text} />
      </div>
    );
  }
  const others = new Map(
    search.found.contacts
      .map((found) => [found.conversation.contact.id, found] as const)
      .filter(([id]) => id !== person.id),
  );
  return others.size === 0 ? (
    <div class="sheet">
      <Empty level="h3" title={says.none} text={says.noneText} />
    </div>
  ) : (
    <ul class="choose">
      {[...others].map(([id, found]) => (
        <li key={id}>
          <a href={mergePath(person.id, { q, other: id })}>
            <bdi>{found.conversation.contact.name}</bdi>
            <small>
              <bdi>{called(found)}</bdi>
            </small>
          </a>
        </li>
      ))}
    </ul>
  );
}

function called({ phone, username, bsuid }: FoundContact): string {
  if (phone !== null) {
    return phoneInWords(phone);
  } else {
    return username === null ? (bsuid ?? '') : `@${username}`;
  }
}
