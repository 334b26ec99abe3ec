/** @jsxImportSource preact */
import type { FoundContact } from '#src/search/found.ts';
import type { SearchState } from '../search/search-page.tsx';
import { Icon } from '../shared/icon.tsx';
import { phoneInWords } from '../shared/phone.ts';
import { words } from '../words/words.ts';
import { sendingPath } from './path.ts';
import type { SendingProps } from './sending-page.tsx';

const says = words.sending.fields;

/** Whose card it is to be: somebody of this inbox fills in the form below. */
export const ContactSearch = (props: SendingProps & { search: SearchState }) => (
  <>
    <section class="stack stack--near" aria-labelledby="from-inbox">
      <h2 class="h" id="from-inbox">
        {says.fromInbox}
      </h2>
      <form class="finder" method="get" action={sendingPath(props.row.id, props.kind)}>
        <input type="hidden" name="back" value={props.view} />
        <div class="finder__line">
          <div class="search">
            <Icon name="search" />
            <label class="vh" for="q">
              {says.search}
            </label>
            <input id="q" name="q" type="search" value={props.q} autocomplete="off" />
          </div>
          <button class="btn" type="submit">
            {says.find}
          </button>
        </div>
      </form>
      <Found {...props} />
    </section>
    <h2 class="h">{says.typed}</h2>
  </>
);

function Found({ row, kind, view, q, search }: SendingProps & { search: SearchState }) {
  if (search.kind === 'empty') {
    return null;
  } else if (search.kind !== 'found') {
    const [title] =
      search.kind === 'often' ? words.search.often(search.waitSeconds) : words.search.states[search.kind];
    return <p role="status">{title}</p>;
  }
  const people = new Map(search.found.contacts.map((found) => [found.conversation.contact.id, found]));
  return people.size === 0 ? (
    <p role="status">{says.nobodyFound}</p>
  ) : (
    <ul class="choose">
      {[...people].map(([id, found]) => (
        <li key={id}>
          <a
            href={`${sendingPath(row.id, kind)}?${new URLSearchParams({ back: view, q, contact: String(id) })}`}
          >
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

const called = ({ phone, username }: FoundContact): string =>
  phone !== null ? phoneInWords(phone) : username === null ? '' : `@${username}`;
