/** @jsxImportSource preact */
import type { MergePreview } from '#src/contacts/merge.ts';
import { words } from '../words/words.ts';
import { Identities } from './identities.tsx';
import type { MergePageProps } from './merge-page.tsx';
import { mergePath } from './path.ts';

const says = words.merging;

/** The other contact, and what happens to both. */
export const Preview = (props: MergePageProps & { preview: MergePreview }) => {
  const { person, preview, q } = props;
  const { other, name } = preview;
  return (
    <>
      <Identities {...props} of={other} title={says.other} />
      <section class="stack stack--near" aria-labelledby="happens">
        <h2 class="h" id="happens">
          {says.happens}
        </h2>
        <ul class="happens">
          <li>{says.called(name)}</li>
          {preview.threads.map((thread) => (
            <li key={thread.conversationId}>{threadInWords(props, thread)}</li>
          ))}
          <li>{says.keeps}</li>
          <li>{says.canUndo}</li>
          {preview.areTwoAtMeta ? <li>{says.areTwoAtMeta}</li> : null}
        </ul>
      </section>
      <form class="bar" method="post" action={mergePath(person.id)}>
        <input type="hidden" name="other" value={other.id} />
        <button class="btn btn--primary" type="submit">
          {says.submit}
        </button>
        <a class="btn" href={mergePath(person.id, { q })}>
          {says.cancel}
        </a>
      </form>
    </>
  );
};

function threadInWords(
  { person, preview, members }: MergePageProps & { preview: MergePreview },
  { numberId, isJoined, assigneeId }: MergePreview['threads'][number],
): string {
  const all = [...person.conversations, ...preview.other.conversations];
  const number = all.find((one) => one.number.id === numberId)?.number.name ?? '';
  const holder = members.find(({ id }) => id === assigneeId)?.name ?? null;
  if (!isJoined) {
    return says.stays(number);
  } else {
    return holder === null ? says.joined(number) : says.joinedWith(number, holder);
  }
}
