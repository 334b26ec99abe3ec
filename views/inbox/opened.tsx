/** @jsxImportSource preact */
import { isUnread } from '#src/messages/unread.ts';
import { pageTitle } from '../layouts/document.tsx';
import { Empty } from '../shared/empty.tsx';
import { words } from '../words/words.ts';
import { ContactPanel } from './contact-panel.tsx';
import type { InboxProps, OpenConversation } from './inbox-page.tsx';
import { NoNumber } from './no-number.tsx';
import { ThreadPane } from './thread-pane.tsx';
import { conversationPath } from './view.ts';

/** What is new on the page when something was chosen from its list: all but the list itself. */
export const Opened = (props: InboxProps) => (
  <>
    <title>{pageTitle(titleOf(props))}</title>
    <Heading {...props} />
    <OpenPanes {...props} />
  </>
);

export function titleOf({ view, counts, open }: InboxProps): string {
  const name = open?.summary.contact.name;
  const title = name === undefined ? words.views[view] : `${name} · ${words.views[view]}`;
  return words.inTitle(counts.mine, title);
}

/** Its data is for the script that puts the panes into the page: what to say, and where live pushes go on. */
export function Heading({ view, open, livePosition }: InboxProps) {
  const title = open === null ? words.views[view] : words.conversationWith(open.summary.contact.name);
  return (
    <h1 class="vh" data-live={livePosition} data-say={open === null ? title : sayOpened(title, open)}>
      {title}
    </h1>
  );
}

function sayOpened(title: string, { summary, thread }: OpenConversation): string {
  const unread = thread.messages.filter((message) => isUnread(message, summary.readMessageId)).length;
  return words.openedUnread(title, unread);
}

export const OpenPanes = (props: InboxProps) =>
  props.open === null ? (
    <NothingOpen {...props} />
  ) : (
    <>
      <ThreadPane {...props} open={props.open} />
      <ContactPanel
        row={props.open.summary}
        view={props.view}
        members={props.members}
        viewer={props.viewer}
        earlierCases={props.open.earlierCases}
        marketing={props.open.marketing}
        now={props.now}
        timeZone={props.account.timeZone}
      />
    </>
  );

function NothingOpen({ list, view, numberless, viewer }: InboxProps) {
  const first = list.rows[0];
  return (
    <section
      class="thread thread--none"
      aria-label={numberless === undefined ? words.pickTitle : words.noNumber.title}
    >
      {first === undefined ? (
        numberless && <NoNumber {...numberless} mayConnect={viewer.permissions.has('settings.manage')} />
      ) : (
        <Empty level="h2" title={words.pickTitle} text={words.pickText}>
          <a class="btn" href={conversationPath(first.id, view)}>
            <bdi>{words.openName(first.contact.name)}</bdi>
          </a>
        </Empty>
      )}
    </section>
  );
}
