/** @jsxImportSource preact */
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { drawnFor, drawnOnce } from '../shared/drawn.ts';
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
      <Summary />
      <div class="pop">{isWaiting ? <Cancel id={message.id} /> : <Answer message={message} />}</div>
    </details>
  );
}

const Summary = drawnOnce(() => (
  <summary class="btn btn--quiet btn--icon">
    <Icon name="more" />
    <span class="vh">{words.actionsFor}</span>
  </summary>
));

function Answer({ message }: { message: ThreadMessage }) {
  const ours = message.reactions.find((reaction) => reaction.side === 'out')?.emoji ?? '';
  const variant = ours === '' || words.quickReactions.includes(ours) ? ours : 'another one';
  return (
    <>
      {message.isOfGroup ? (
        // No reaction would reach it there.
        <Reply id={message.id} />
      ) : (
        reactAndReply(variant, message.id)
      )}
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
}

/** Half of what a thread is made of, and the same below every message but for its id. */
const reactAndReply = drawnFor<string>((ours, id) => (
  <>
    <form
      class="quick"
      method="post"
      action={`/messages/${id}/reaction`}
      hx-post={`/messages/${id}/reaction`}
      hx-swap="none"
    >
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
    </form>
    <Reply id={id} />
  </>
));

const Reply = ({ id }: { id: number | string }) => (
  <a href={`?quote=${id}`} data-quote-message>
    <Icon name="reply" />
    {words.reply}
  </a>
);

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
