/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { ThreadMessage, ThreadPage } from '#src/messages/thread-message.ts';
import { InboxLayout } from '../layouts/inbox.tsx';
import type { Person } from '../layouts/person.ts';
import { Empty } from '../shared/empty.tsx';
import { words } from '../words/words.ts';
import { ContactPanel } from './contact-panel.tsx';
import { ConversationList, type ListPage } from './conversation-list.tsx';
import { ThreadPane } from './thread-pane.tsx';
import { conversationPath, type ViewName } from './view.ts';

export type OpenConversation = {
  summary: ConversationSummary;
  thread: ThreadPage;
  /** Where the line "New" stands. */
  firstUnreadId: number | null;
  earlierCases: { openedAt: number; closedAt: number }[];
};

export type InboxProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  view: ViewName;
  /** How many customers wait for an answer there. */
  counts: Record<'mine' | 'unassigned' | 'all', number>;
  list: ListPage;
  open: OpenConversation | null;
  /** The one pane that a phone shows. */
  pane: 'list' | 'thread' | 'contact';
  members: { id: number; name: string }[];
  banner?: 'graph' | 'disk' | 'demo' | null;
  now: number;
  /** `<boot>-<n>`: what the page already shows of the live pushes. */
  livePosition: string;
  /** The idempotency key of the next message. */
  composerKey: string;
  /** What a refused form held, and why. */
  form?: { values: { text?: string }; errors: Record<string, string> };
  /** The message being answered. */
  quoting?: ThreadMessage['quoted'];
};

export function InboxPage(props: InboxProps) {
  const { account, view, list, open, now } = props;
  const name = open?.summary.contact.name;
  const title = name === undefined ? words.views[view] : `${name} · ${words.views[view]}`;
  return (
    <InboxLayout {...props} title={words.inTitle(props.counts.mine, title)}>
      <h1 class="vh">{name === undefined ? words.views[view] : words.conversationWith(name)}</h1>
      <ConversationList
        view={view}
        userId={props.viewer.userId}
        counts={props.counts}
        list={list}
        openId={open?.summary.id}
        now={now}
        timeZone={account.timeZone}
      />
      {open === null ? <NothingOpen list={list} view={view} /> : <ThreadPane {...props} open={open} />}
      {open === null ? null : (
        <ContactPanel
          row={open.summary}
          view={view}
          members={props.members}
          viewer={props.viewer}
          earlierCases={open.earlierCases}
          now={now}
          timeZone={account.timeZone}
        />
      )}
    </InboxLayout>
  );
}

function NothingOpen({ list, view }: { list: ListPage; view: ViewName }) {
  const first = list.rows[0];
  return (
    <section class="thread thread--none" aria-label={words.pickTitle}>
      {first === undefined ? null : (
        <Empty level="h2" title={words.pickTitle} text={words.pickText}>
          <a class="btn" href={conversationPath(first.id, view)}>
            <bdi>{words.openName(first.contact.name)}</bdi>
          </a>
        </Empty>
      )}
    </section>
  );
}
