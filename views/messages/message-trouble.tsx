/** @jsxImportSource preact */
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { words } from '../words/words.ts';

/** Under a message that did not get through, or may not have: what happened and what a person can do. */
export function MessageTrouble({ message }: { message: ThreadMessage }) {
  if (message.status === 'failed') {
    return <Failed message={message} />;
  }
  if (message.status === 'cancelled') {
    return <p class="failed__why">{words.cancelled}</p>;
  }
  return message.status === 'unknown' && message.asks ? <Question id={message.id} /> : null;
}

const Failed = ({ message: { id, direction, error, files } }: { message: ThreadMessage }) => (
  <div class="failed__why">
    <p dir="auto">
      <strong>{words.notSent}</strong> {error?.title} {error?.detail}{' '}
      {error === null ? null : <span class="nowrap">{words.failedCode(error.code)}</span>}
    </p>
    {direction === 'out' && files.length > 0 ? <Again id={id} /> : null}
  </div>
);

/** What was typed can be typed again; a file and its caption are kept to be sent as they are. */
function Again({ id }: { id: number }) {
  const path = `/messages/${id}/repetition`;
  return (
    <form method="post" action={path} hx-post={path} hx-swap="none">
      <button class="btn" type="submit">
        {words.sendAgain}
      </button>
    </form>
  );
}

/** The outcome is not certain: nothing is repeated until somebody says so. */
function Question({ id }: { id: number }) {
  const path = `/messages/${id}/resolution`;
  return (
    <div class="failed__why asked">
      <p>
        <strong>{words.asksTitle}</strong> {words.asksText}
      </p>
      <form class="bar" method="post" action={path} hx-post={path} hx-swap="none">
        <button class="btn" type="submit" name="choice" value="again">
          {words.sendAgain}
        </button>
        <button class="btn" type="submit" name="choice" value="arrived">
          {words.itArrived}
        </button>
        <button class="btn btn--quiet" type="submit" name="choice" value="leave">
          {words.leaveIt}
        </button>
      </form>
    </div>
  );
}
