/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import type { Person } from '../layouts/person.ts';
import { Icon } from '../shared/icon.tsx';
import { WindowRing, WindowWords } from '../shared/ring.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { AssignmentMenu } from './assignment-menu.tsx';
import { conversationPath, type ViewName } from './view.ts';

type Props = {
  row: ConversationSummary;
  view: ViewName;
  members: { id: number; name: string }[];
  viewer: Person;
  now: number;
  timeZone: string;
};

/**
 * What the viewer may do stands in this frame and is never pushed; what changes is in `HeadState`,
 * and its data decides by CSS which of the buttons fits.
 */
export const ThreadHead = ({ row, view, members, viewer, now, timeZone }: Props) => (
  <header class="head">
    <a class="btn btn--quiet btn--icon btn--back" href={`/inbox/${view}`}>
      <Icon name="back" />
      <span class="vh">{words.backTo(words.views[view])}</span>
    </a>
    <HeadState row={row} now={now} timeZone={timeZone} />
    <div class="head__acts">
      {viewer.permissions.has('conversations.write') ? (
        <>
          <AssignmentMenu row={row} view={view} members={members} viewer={viewer} />
          <Verb row={row} view={view} action="closure" icon="check" label={words.closeCase} when="open" />
          <Verb
            row={row}
            view={view}
            action="reopening"
            icon="retry"
            label={words.reopenCase}
            when="closed"
          />
          <MoreActions row={row} view={view} />
        </>
      ) : null}
      <MarkRead row={row} view={view} />
      <a class="btn btn--quiet btn--icon only-narrow" href={`${conversationPath(row.id, view)}/contact`}>
        <Icon name="panel" />
        <span class="vh">{words.contact}</span>
      </a>
    </div>
  </header>
);

/** Forms that settle what the customer wrote, and say up to which message: it changes with each, so it stands in what is pushed. */
const SETTLING = ['closure', 'waiver'];

type HeadStateProps = Pick<Props, 'row' | 'now'> & { timeZone?: string };

/** The part of the head that pushes replace. */
export const HeadState = ({ row, now, timeZone = 'UTC' }: HeadStateProps) => (
  <div
    class="head__state"
    id={`head-${row.id}`}
    data-state={row.state}
    data-window={row.windowExpiresAt ?? ''}
    data-waiting={row.waitingSince ?? ''}
    data-assignee={row.assignee?.id ?? ''}
    data-assignee-name={row.assignee?.name ?? ''}
  >
    {SETTLING.map((action) => (
      <input
        key={action}
        type="hidden"
        form={`${action}-${row.id}`}
        name="seen"
        value={row.lastInboundId ?? 0}
      />
    ))}
    <WindowRing name={row.contact.name} expiresAt={row.windowExpiresAt} now={now} />
    <div class="head__who">
      <h2 tabIndex={-1}>
        <bdi>{row.contact.name}</bdi>
      </h2>
      <p>
        <WindowSince expiresAt={row.windowExpiresAt} now={now} timeZone={timeZone} />
        <span class="head__number"> · {row.number.name}</span>
        <span class="head__closed"> · {words.caseClosed}</span>
      </p>
    </div>
  </div>
);

type SinceProps = { expiresAt: number | null; now: number; timeZone: string };

/** What is left of the window; of a closed one, since when. */
const WindowSince = ({ expiresAt, now, timeZone }: SinceProps) =>
  expiresAt === null || expiresAt > now ? (
    <WindowWords expiresAt={expiresAt} now={now} exact />
  ) : (
    <span class="left left--closed">
      {words.left.closed} <LocalTime at={expiresAt} style="moment" timeZone={timeZone} now={now} />
    </span>
  );

type VerbProps = Pick<Props, 'row' | 'view'> & {
  action: 'closure' | 'reopening';
  icon: 'check' | 'retry';
  label: string;
  when: 'open' | 'closed';
};

const Verb = ({ row, view, action, icon, label, when }: VerbProps) => (
  <form
    id={`${action}-${row.id}`}
    class={`when-${when}`}
    method="post"
    action={`/conversations/${row.id}/${action}`}
    hx-post={`/conversations/${row.id}/${action}`}
    hx-swap="none"
    data-say={words.done[action]}
  >
    <input type="hidden" name="back" value={view} />
    <button class="btn" type="submit">
      <Icon name={icon} />
      <span class="btn__word">{label}</span>
    </button>
  </form>
);

const MoreActions = ({ row, view }: Pick<Props, 'row' | 'view'>) => (
  <details class="menu when-waiting">
    <summary class="btn btn--quiet btn--icon">
      <Icon name="more" />
      <span class="vh">{words.moreActions}</span>
    </summary>
    <ul class="pop">
      <li>
        <form
          id={`waiver-${row.id}`}
          method="post"
          action={`/conversations/${row.id}/waiver`}
          hx-post={`/conversations/${row.id}/waiver`}
          hx-swap="none"
          data-say={words.done.waiver}
        >
          <input type="hidden" name="back" value={view} />
          <button type="submit">
            <Icon name="check" />
            {words.waive}
          </button>
        </form>
      </li>
    </ul>
  </details>
);

/** With scripts, what is in front of somebody is read by itself. */
function MarkRead({ row, view }: Pick<Props, 'row' | 'view'>) {
  return row.lastInboundId === null || row.lastInboundId <= (row.readMessageId ?? 0) ? null : (
    <noscript>
      <form method="post" action={`/conversations/${row.id}/reading`}>
        <input type="hidden" name="back" value={view} />
        <input type="hidden" name="message" value={row.lastInboundId} />
        <button class="btn btn--quiet" type="submit">
          <Icon name="check" />
          <span class="btn__word">{words.markRead}</span>
        </button>
      </form>
    </noscript>
  );
}
