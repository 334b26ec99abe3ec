/** @jsxImportSource preact */
import type { MessageStatus } from '#src/messages/thread-message.ts';
import { drawnEach } from '../shared/drawn.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

const icons: Record<Exclude<MessageStatus, 'received'>, IconName> = {
  scheduled: 'clock',
  queued: 'clock',
  sending: 'clock',
  unknown: 'clock',
  accepted: 'check',
  sent: 'check',
  delivered: 'ticks',
  read: 'ticks',
  played: 'mic',
  failed: 'alert',
  cancelled: 'close',
};

/** How far a message of ours got: a shape, a colour only for what was read, and the word. */
export const MessageTick = ({ status }: { status: MessageStatus }) =>
  status === 'received' ? null : drawn(status);

const drawn = drawnEach<keyof typeof icons>((status) => (
  <span class={status === 'read' || status === 'played' ? 'tick read' : 'tick'} title={words.status[status]}>
    <Icon name={icons[status]} />
    <span class="vh">{words.status[status]}</span>
  </span>
));
