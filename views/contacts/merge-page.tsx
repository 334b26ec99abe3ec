/** @jsxImportSource preact */
import type { Person as Contact } from '#src/contacts/contact.ts';
import type { MergeShown } from '#src/contacts/list-merges.ts';
import type { MergePreview } from '#src/contacts/merge.ts';
import { Page } from '../layouts/page.tsx';
import type { Person } from '../layouts/person.ts';
import type { SearchState } from '../search/search-page.tsx';
import { ErrorSummary } from '../shared/field.tsx';
import { Said } from '../shared/said.tsx';
import { words } from '../words/words.ts';
import { Identities } from './identities.tsx';
import { MergeList } from './merge-list.tsx';
import { OtherSearch } from './other-search.tsx';
import { Preview } from './preview.tsx';

export type MergePageProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  person: Contact;
  /** What the person was merged with. */
  merges: readonly MergeShown[];
  /** When the other one was chosen: what it comes to. */
  preview: MergePreview | null;
  members: readonly { id: number; name: string }[];
  q: string;
  search: SearchState;
  now: number;
  done?: 'merged' | 'undone' | undefined;
  errors?: Readonly<Record<string, string>>;
};

const says = words.merging;

/** Two contacts that are one person: looking for the other, seeing what happens, doing it, and undoing it. */
export const MergePage = (props: MergePageProps) => {
  const { viewer, account, person, preview, done, errors = {} } = props;
  const [conversation] = person.conversations;
  return (
    <Page
      title={says.titleOf(person.name)}
      person={viewer}
      account={account.name}
      current="inbox"
      icons={['check', 'okc', 'search']}
    >
      <div class="stack narrow">
        <div class="page__head">
          <div>
            <p class="crumb">
              <a class="link" href={`/c/${conversation?.id ?? ''}`}>
                {says.back}
              </a>
            </p>
            <h1 class="title">
              <bdi>{says.titleOf(person.name)}</bdi>
            </h1>
          </div>
        </div>
        <Said text={done === undefined ? undefined : says.done[done]} />
        <ErrorSummary errors={errors} />
        <Identities of={person} title={says.this} {...props} />
        {preview === null ? <OtherSearch {...props} /> : <Preview {...props} preview={preview} />}
        <MergeList {...props} />
      </div>
    </Page>
  );
};
