/** @jsxImportSource preact */
import type { Person } from '../layouts/person.ts';
import { MessageTick } from '../messages/message-tick.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

type Props = { viewer: Person; now: number; timeZone: string };

/**
 * The bubble that stands for a message from the key press until the server has taken it: a copy for the script to
 * fill. Where it cannot be taken, it keeps the text and says what can be done.
 */
export const PendingMessage = ({ viewer, now, timeZone }: Props) => (
  <template data-unreachable={words.couldNotReach} data-refused={words.refused} data-copied={words.copied}>
    <li class="msg msg--out msg--pending" data-author={`person-${viewer.userId}`} data-name={viewer.name}>
      <p class="msg__by">
        <bdi>{viewer.name}</bdi>
      </p>
      <div class="bubble">
        <p class="quote" hidden>
          <b>
            <bdi />
          </b>
          <span dir="auto" />
        </p>
        <p class="text" dir="auto">
          <span data-text="" />
          <span class="msg__meta" dir="ltr">
            <LocalTime at={now} style="time" timeZone={timeZone} />
            <MessageTick status="queued" />
          </span>
        </p>
      </div>
      <div class="failed__why" role="alert" hidden>
        <p>
          <strong>{words.notSent}</strong> <span data-why="" />
        </p>
        <p class="bar">
          <button class="btn" type="button" data-retry="">
            {words.retry}
          </button>
          <button class="btn" type="button" data-copy="">
            {words.copyText}
          </button>
          <button class="btn btn--quiet" type="button" data-discard="">
            {words.discard}
          </button>
        </p>
      </div>
    </li>
  </template>
);
