/** @jsxImportSource preact */
import type { Consent } from '#src/contacts/consent.ts';
import type { IdentifiedSummary } from '#src/conversations/summary.ts';
import type { ThreadMessage, ThreadPage } from '#src/messages/thread-message.ts';
import { InboxLayout } from '../layouts/inbox.tsx';
import type { Person } from '../layouts/person.ts';
import type { Notice } from '../numbers/notice.tsx';
import type { ComposerForm, ShownDraft } from './composer.tsx';
import { ConversationList, type ListPage } from './conversation-list.tsx';
import { Heading, OpenPanes, titleOf } from './opened.tsx';
import type { ViewName } from './view.ts';

export type OpenConversation = {
  summary: IdentifiedSummary;
  thread: ThreadPage;
  /** Where the line "New" stands. */
  firstUnreadId: number | null;
  earlierCases: { openedAt: number; closedAt: number }[];
  /** What the customer said last about advertising; null when nothing. */
  marketing: Consent | null;
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
  /** While no number is connected, and so nothing can arrive. */
  numberless?: { accountId: number } | undefined;
  banner?: 'graph' | 'disk' | 'demo' | null;
  /** Something severe that WhatsApp said, for those who look after the account. */
  notice?: Notice | null;
  /** The page that plays a customer, in a demonstration. */
  phoneUrl?: string | undefined;
  now: number;
  /** `<boot>-<n>`: what the page already shows of the live pushes. */
  livePosition: string;
  /** The idempotency key of the next message. */
  composerKey: string;
  /** What a refused form held, and why. */
  form?: ComposerForm;
  /** The message being answered. */
  quoting?: ThreadMessage['quoted'];
  /** What the viewer has begun to write there. */
  draft?: ShownDraft;
};

export const InboxPage = (props: InboxProps) => (
  <InboxLayout {...props} title={titleOf(props)}>
    <Heading {...props} />
    <ConversationList
      view={props.view}
      viewer={props.viewer}
      numberless={props.numberless}
      counts={props.counts}
      list={props.list}
      openId={props.open?.summary.id}
      now={props.now}
      timeZone={props.account.timeZone}
    />
    <OpenPanes {...props} />
  </InboxLayout>
);
