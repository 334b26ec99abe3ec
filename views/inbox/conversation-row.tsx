/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import { MessageTick } from '../messages/message-tick.tsx';
import { typeInWords } from '../messages/type-in-words.ts';
import { drawnOnce } from '../shared/drawn.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { TeamMark, WindowRing, WindowWords } from '../shared/ring.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { conversationPath, type ViewName } from './view.ts';

type Props = {
  row: ConversationSummary;
  /** Without one, as in a push, the row links to `/c/<id>` and says nothing of who has read it. */
  view?: ViewName | undefined;
  isCurrent?: boolean;
  /** The number that needs no tag: everybody's first. */
  mainNumberId?: number | undefined;
  now: number;
  timeZone?: string | undefined;
};

/** One conversation of a list: the unit of live updates. `<inbox-list>` places it by its data. */
export function ConversationRow({
  row,
  view,
  isCurrent = false,
  mainNumberId,
  now,
  timeZone = 'UTC',
}: Props) {
  const isUnread = view !== undefined && (row.lastInboundId ?? 0) > (row.readMessageId ?? 0);
  return (
    <li
      class="row__item"
      id={`row-${row.id}`}
      data-id={row.id}
      data-number={row.number.id}
      data-state={row.state}
      data-assignee={row.assignee?.id ?? ''}
      data-waiting={row.waitingSince ?? ''}
      data-window={row.windowExpiresAt ?? ''}
      data-arrived={row.lastArrivedAt}
      data-inbound={row.lastInboundId ?? ''}
      data-blocked={row.isBlocked ? '' : undefined}
      data-read={view === undefined ? undefined : (row.readMessageId ?? '')}
    >
      <a
        class={isUnread ? 'row row--unread' : 'row'}
        href={conversationPath(row.id, view)}
        aria-current={isCurrent ? 'true' : undefined}
      >
        <WindowRing name={row.contact.name} expiresAt={row.windowExpiresAt} now={now} />
        <span class="row__name">
          <bdi>{row.contact.name}</bdi>
          <span class="tag tag--number" hidden={row.number.id === mainNumberId}>
            {row.number.name}
          </span>
        </span>
        <span class="row__time">
          <LocalTime at={row.lastArrivedAt} style="short" timeZone={timeZone} now={now} />
        </span>
        <span class="row__text">
          <DraftStart text={view === undefined ? undefined : row.draft} />
          <Snippet row={row} />
        </span>
        <span class="row__left">
          <WindowWords expiresAt={row.windowExpiresAt} now={now} />
          {row.assignee === null ? null : <TeamMark name={row.assignee.name} />}
          <UnreadDot />
        </span>
      </a>
    </li>
  );
}

const UnreadDot = drawnOnce(() => (
  <span class="badge badge--dot">
    <span class="vh">{words.unread}</span>
  </span>
));

/** What its viewer has begun to write there, in place of what was said last; a push leaves it to the page. */
const DraftStart = ({ text }: { text: string | undefined }) => (
  <span class="row__draft" hidden={text === undefined}>
    <b>{words.draft}</b> <bdi>{text}</bdi>
  </span>
);

const glyphs: Partial<Record<string, IconName>> = {
  image: 'photo',
  sticker: 'smile',
  video: 'video',
  audio: 'sound',
  document: 'file',
  location: 'pin',
  contacts: 'user',
  order: 'box',
  call: 'call',
  unsupported: 'box',
};

type LastMessage = NonNullable<ConversationSummary['lastMessage']>;

function Snippet({ row: { lastMessage, snippet } }: { row: ConversationSummary }) {
  if (lastMessage === null) {
    return <span>{words.noMessages}</span>;
  }
  if (lastMessage.status === 'failed') {
    return (
      <>
        <span class="state state--bad">
          <Icon name="alert" />
        </span>
        <span dir="auto">
          <b>{words.notSentRow}</b> {snippet || inWords(lastMessage)}
        </span>
      </>
    );
  }
  const glyph = lastMessage.isVoice ? 'mic' : glyphs[lastMessage.type];
  return (
    <>
      {lastMessage.direction === 'out' && lastMessage.type !== 'call' ? (
        <MessageTick status={lastMessage.status} />
      ) : null}
      {glyph === undefined ? null : <Icon name={glyph} />}
      <span dir="auto">{snippet || inWords(lastMessage)}</span>
    </>
  );
}

/** What stands there of a message without words of its own. */
function inWords({ direction, type, isRevoked, call, isVoice }: LastMessage) {
  if (isRevoked) {
    return words.message.revoked;
  } else if (call !== undefined) {
    return words.message.call[direction === 'in' ? 'in' : 'out'][call];
  } else {
    return isVoice ? words.media.voice : typeInWords(type);
  }
}
