/** @jsxImportSource preact */
import { words } from '../words/words.ts';
import { Composer } from './composer.tsx';
import type { InboxProps, OpenConversation } from './inbox-page.tsx';
import { PausedNumber } from './paused-number.tsx';
import { PresenceSlot } from './presence.tsx';
import { Thread } from './thread.tsx';
import { ThreadHead } from './thread-head.tsx';

type Props = InboxProps & { open: OpenConversation };

/** One conversation: who it is, what was said, and what can be said now. */
export const ThreadPane = ({
  open,
  viewer,
  account,
  view,
  members,
  now,
  composerKey,
  form,
  quoting,
  draft,
}: Props) => (
  <section
    class="thread"
    id="thread"
    aria-label={words.conversationWith(open.summary.contact.name)}
    data-may={[...viewer.permissions].join(' ')}
  >
    <ThreadHead
      row={open.summary}
      view={view}
      members={members}
      viewer={viewer}
      now={now}
      timeZone={account.timeZone}
    />
    <Thread
      row={open.summary}
      thread={open.thread}
      firstUnreadId={open.firstUnreadId}
      now={now}
      timeZone={account.timeZone}
    />
    <PausedNumber row={open.summary} now={now} timeZone={account.timeZone} />
    <PresenceSlot conversationId={open.summary.id} />
    <Composer
      row={open.summary}
      view={view}
      viewer={viewer}
      composerKey={composerKey}
      form={form}
      quoting={quoting ?? null}
      draft={draft}
      seenId={seenOf(open)}
      now={now}
      timeZone={account.timeZone}
    />
  </section>
);

/** The newest message that is on the page or, on an older page of the thread, known to it. */
const seenOf = ({ summary, thread }: OpenConversation) =>
  Math.max(summary.lastMessage?.id ?? 0, ...thread.messages.map((message) => message.id));
