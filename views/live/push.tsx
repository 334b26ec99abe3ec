/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { ThreadEvent, ThreadMessage } from '#src/messages/thread-message.ts';
import { AssigneeName } from '../inbox/assignment-menu.tsx';
import { Composer, type ComposerProps } from '../inbox/composer.tsx';
import { TabCount } from '../inbox/conversation-list.tsx';
import { ConversationRow } from '../inbox/conversation-row.tsx';
import { PausedNumber } from '../inbox/paused-number.tsx';
import { Presence, type PresentProps } from '../inbox/presence.tsx';
import { HeadState } from '../inbox/thread-head.tsx';
import { WaitingBadge } from '../layouts/rail.tsx';
import { Event } from '../messages/event.tsx';
import { Message } from '../messages/message.tsx';

// What goes over the socket and answers a form: the page's own components, aimed at its inlets.

type Zoned = { /** The account's; `<local-time>` puts it into the reader's. */ timeZone?: string };

export const MessagePush = ({ message, timeZone = 'UTC' }: { message: ThreadMessage } & Zoned) => (
  <hx-partial hx-target={`#thread-inlet-${message.conversationId}`} hx-swap="beforeend">
    <Message message={message} timeZone={timeZone} />
  </hx-partial>
);

type EventProps = { event: ThreadEvent; conversationId: number } & Zoned;

export const EventPush = ({ event, conversationId, timeZone = 'UTC' }: EventProps) => (
  <hx-partial hx-target={`#thread-inlet-${conversationId}`} hx-swap="beforeend">
    <Event event={event} timeZone={timeZone} />
  </hx-partial>
);

type RowProps = { row: ConversationSummary; now: number } & Zoned;

export const RowPush = ({ row, now, timeZone }: RowProps) => (
  <hx-partial hx-target="#list-inlet" hx-swap="beforeend">
    <ConversationRow row={row} now={now} timeZone={timeZone} />
  </hx-partial>
);

/** The row leaves every list that this goes to. */
export const RowRemoval = ({ id }: { id: number }) => (
  <hx-partial hx-target={`#row-${id}`} hx-swap="delete" />
);

export const HeadPush = ({ row, now }: { row: ConversationSummary; now: number }) => (
  <>
    <hx-partial hx-target={`#head-${row.id}`} hx-swap="outerHTML">
      <HeadState row={row} now={now} />
    </hx-partial>
    <hx-partial hx-target={`#assignee-${row.id}`} hx-swap="outerHTML">
      <AssigneeName id={row.id} assignee={row.assignee} />
    </hx-partial>
    <hx-partial hx-target={`#paused-${row.id}`} hx-swap="outerHTML">
      <PausedNumber row={row} now={now} />
    </hx-partial>
  </>
);

/** Answers a refused message: the box again, with what was written and why. */
export const ComposerPush = (props: ComposerProps) => (
  <hx-partial hx-target={`#composer-${props.row.id}`} hx-swap="outerHTML">
    <Composer {...props} />
  </hx-partial>
);

type Counts = Partial<Record<'mine' | 'unassigned' | 'all', number>>;

export const CountsPush = ({ counts }: { counts: Counts }) => (
  <>
    {(['mine', 'unassigned', 'all'] as const).map((view) =>
      counts[view] === undefined ? null : (
        <hx-partial key={view} hx-target={`#count-${view}`} hx-swap="outerHTML">
          <TabCount view={view} count={counts[view]} />
        </hx-partial>
      ),
    )}
    {counts.mine === undefined
      ? null
      : (['rail', 'dock'] as const).map((place) => (
          <hx-partial key={place} hx-target={`#count-${place}`} hx-swap="outerHTML">
            <WaitingBadge place={place} count={counts.mine ?? 0} />
          </hx-partial>
        ))}
  </>
);

type PresenceProps = { conversationId: number; others: readonly PresentProps[] };

/** Who else is here; it fills the slot in the thread's frame and is never said aloud. */
export const PresencePush = ({ conversationId, others }: PresenceProps) => (
  <hx-partial hx-target={`#presence-${conversationId}`} hx-swap="innerHTML">
    <Presence others={others} />
  </hx-partial>
);
