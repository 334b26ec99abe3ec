/** @jsxImportSource preact */
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { MessageText } from './message-text.tsx';

/** What the team tells itself; it never leaves the house. */
export const Note = ({ message, timeZone }: { message: ThreadMessage; timeZone: string }) => (
  <li
    class="note"
    id={`message-${message.id}`}
    data-id={message.id}
    data-at={message.orderedAt}
    data-author={`note-${message.author.id ?? ''}`}
  >
    <h4>
      <Icon name="lock" small />
      <span>
        {words.privateNote} · <bdi>{message.author.name}</bdi> ·{' '}
        <LocalTime at={message.orderedAt} style="time" timeZone={timeZone} />
      </span>
    </h4>
    <MessageText text={message.text} />
  </li>
);
