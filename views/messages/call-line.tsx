/** @jsxImportSource preact */
import type { Call, ThreadMessage } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

type Props = { message: ThreadMessage; call: Call; timeZone: string };

/** A call between messages: who called, and how it ended. `<message-thread>` places it as it places messages. */
export const CallLine = ({ message, call, timeZone }: Props) => (
  <li
    class={call.outcome === 'missed' && message.direction === 'in' ? 'event call call--missed' : 'event call'}
    id={`message-${message.id}`}
    data-id={message.id}
    data-at={message.orderedAt}
    data-author="call"
    data-status={message.status}
  >
    <Icon name="call" small /> {words.message.call[message.direction === 'in' ? 'in' : 'out'][call.outcome]}
    {call.seconds === undefined ? null : ` · ${lengthInWords(call.seconds)}`} ·{' '}
    <LocalTime at={message.orderedAt} style="time" timeZone={timeZone} />
  </li>
);

const lengthInWords = (seconds: number) => words.message.call.lasted(Math.floor(seconds / 60), seconds % 60);
