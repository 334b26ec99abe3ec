/** @jsxImportSource preact */
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import type { MergePageProps } from './merge-page.tsx';

const says = words.merging;

/** What this contact was merged with, each to be undone. */
export const MergeList = ({ merges, account: { timeZone }, now }: MergePageProps) =>
  merges.length === 0 ? null : (
    <section class="stack stack--near" aria-labelledby="merged">
      <h2 class="h" id="merged">
        {says.merged}
      </h2>
      <p class="small">{says.undoText}</p>
      <ul class="checks">
        {merges.map(({ id, name, why, by, at }) => (
          <li key={id}>
            <Icon name="check" />
            <div>
              <h3>
                <bdi>{name}</bdi>
              </h3>
              <p>
                {why === 'person' ? says.byPerson(by ?? words.actors.person) : says.why[why]}{' '}
                <LocalTime at={at} style="moment" timeZone={timeZone} now={now} />
              </p>
            </div>
            <form method="post" action={`/merges/${id}/undoing`}>
              <button class="btn" type="submit" aria-label={says.undoOf(name)}>
                {says.undo}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
