/** @jsxImportSource preact */
import { renderToString } from 'preact-render-to-string';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

/** Answer, react, or take back what waits. Hidden by CSS from those who may not send. */
export function MessageActions({ message }: { message: ThreadMessage }) {
  const isWaiting = message.status === 'queued' || message.status === 'scheduled';
  if (message.wamid === null && !isWaiting) {
    return null;
  }
  return (
    <details class="menu msg__more">
      <summary class="btn btn--quiet btn--icon">
        <Icon name="more" />
        <span class="vh">{words.actionsFor}</span>
      </summary>
      <div class="pop">{isWaiting ? <Cancel id={message.id} /> : <Answer message={message} />}</div>
    </details>
  );
}

const Answer = ({ message }: { message: ThreadMessage }) => (
  <>
    {message.isOfGroup ? null : <Quick message={message} />}
    <a href={`?quote=${message.id}`} data-quote-message={message.id}>
      <Icon name="reply" />
      {words.reply}
    </a>
    {message.files.map(({ id, state }) =>
      state === 'stored' ? (
        <a key={id} href={`/files/${id}?download`}>
          <Icon name="download" />
          {words.files.download}
        </a>
      ) : null,
    )}
  </>
);

/** Not below what was said in a group, which a reaction would not reach. */
function Quick({ message: { id, reactions } }: { message: ThreadMessage }) {
  const path = `/messages/${id}/reaction`;
  const ours = reactions.find((reaction) => reaction.side === 'out')?.emoji ?? '';
  return (
    <form
      class="quick"
      method="post"
      action={path}
      hx-post={path}
      hx-swap="none"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: it is drawn by our own component, of our own words.
      dangerouslySetInnerHTML={{ __html: drawnQuickReactions(ours) }}
    />
  );
}

const drawn = new Map<string, string>();

/** Half of what a thread is made of, and the same below every message: each variant is drawn once. */
function drawnQuickReactions(ours: string): string {
  const variant = ours === '' || words.quickReactions.includes(ours) ? ours : 'another one';
  const known = drawn.get(variant) ?? renderToString(<QuickReactions ours={variant} />);
  drawn.set(variant, known);
  return known;
}

function QuickReactions({ ours }: { ours: string }) {
  return (
    <>
      {words.quickReactions.map((emoji) => (
        <button
          key={emoji}
          type="submit"
          name="emoji"
          value={emoji}
          aria-label={words.reactWith(emoji)}
          aria-pressed={emoji === ours ? 'true' : undefined}
        >
          {emoji}
        </button>
      ))}
      {ours === '' ? null : (
        <button class="quick__none" type="submit" name="emoji" value="">
          {words.removedReaction}
        </button>
      )}
    </>
  );
}

function Cancel({ id }: { id: number }) {
  const path = `/messages/${id}/cancellation`;
  return (
    <form method="post" action={path} hx-post={path} hx-swap="none">
      <button type="submit">
        <Icon name="close" />
        {words.cancelSending}
      </button>
    </form>
  );
}
