/** @jsxImportSource preact */
import { words } from '../words/words.ts';
import { Composer } from './composer.tsx';
import type { InboxProps, OpenConversation } from './inbox-page.tsx';
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
}: Props) => (
  <section
    class="thread"
    id="thread"
    aria-label={words.conversationWith(open.summary.contact.name)}
    data-may={[...viewer.permissions].join(' ')}
  >
    <ThreadHead row={open.summary} view={view} members={members} viewer={viewer} now={now} />
    <Thread
      row={open.summary}
      thread={open.thread}
      firstUnreadId={open.firstUnreadId}
      now={now}
      timeZone={account.timeZone}
    />
    <Composer
      row={open.summary}
      view={view}
      viewer={viewer}
      composerKey={composerKey}
      form={form}
      quoting={quoting ?? null}
      now={now}
      timeZone={account.timeZone}
    />
  </section>
);
