/** @jsxImportSource preact */
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { CallLine } from './call-line.tsx';
import { Edited } from './edited.tsx';
import { Marks } from './marks.tsx';
import { MessageActions } from './message-actions.tsx';
import { MessageBody } from './message-body.tsx';
import { MessageTick } from './message-tick.tsx';
import { MessageTrouble } from './message-trouble.tsx';
import { Note } from './note.tsx';
import { Quote } from './quote.tsx';
import { Reactions } from './reactions.tsx';

type Props = {
  message: ThreadMessage;
  timeZone: string;
  /** The message before it is of the same author, so the name is not said again. */
  isFollowing?: boolean;
};

/** One message: the same on a page, in an answer and in a push. `<message-thread>` places it by its data. */
export function Message({ message, timeZone, isFollowing = false }: Props) {
  if (message.direction === 'note') {
    return <Note message={message} timeZone={timeZone} />;
  }
  if (message.content.kind === 'call') {
    return <CallLine message={message} call={message.content} timeZone={timeZone} />;
  }
  const kinds = ['msg', `msg--${message.direction}`];
  if (isFollowing) {
    kinds.push('msg--follows');
  }
  if (message.status === 'failed') {
    kinds.push('failed');
  }
  if (message.content.kind === 'unsupported' || message.content.kind === 'revoked') {
    kinds.push('gone');
  }
  if (isSticker(message)) {
    kinds.push('msg--sticker');
  }
  const author = authorInWords(message);
  return (
    <li
      class={kinds.join(' ')}
      id={`message-${message.id}`}
      data-id={message.id}
      data-at={message.orderedAt}
      data-author={authorKey(message)}
      data-name={author}
      data-status={message.status}
      data-key={message.key}
    >
      {message.direction === 'out' ? (
        <p class="msg__by">
          <bdi>{author}</bdi>
        </p>
      ) : (
        <bdi class="vh">{words.saidBy(author)}</bdi>
      )}
      <div class="bubble">
        <Marks message={message} />
        {message.quoted === null ? null : <Quote quoted={message.quoted} />}
        <MessageBody message={message} timeZone={timeZone}>
          <span class="msg__meta" dir="ltr">
            <Edited {...message} />
            {message.late ? <span>{words.late} ·</span> : null}
            <LocalTime at={message.orderedAt} style="time" timeZone={timeZone} />
            <MessageTick status={message.status} />
          </span>
        </MessageBody>
      </div>
      <Reactions reactions={message.reactions} />
      <MessageTrouble message={message} />
      {message.revokedAt === null ? <MessageActions message={message} /> : null}
    </li>
  );
}

/** One that can be seen stands without a bubble. */
const isSticker = ({ content, files }: ThreadMessage) =>
  content.kind === 'media' && content.media === 'sticker' && files[0]?.hasThumbnail === true;

const authorKey = (message: ThreadMessage) => `${message.author.kind}-${message.author.id ?? ''}`;

function authorInWords({ author, isElsewhere }: ThreadMessage): string {
  if (isElsewhere && author.kind === 'system') {
    return words.message.anotherSystem;
  } else if (author.name !== '' || author.kind === 'customer' || author.kind === 'person') {
    return author.name;
  }
  return words.authors[author.kind];
}

/** Whether the second is said by the same author right after the first. */
export const follows = (previous: ThreadMessage | undefined, message: ThreadMessage) =>
  previous !== undefined &&
  previous.content.kind !== 'call' &&
  previous.direction === message.direction &&
  authorKey(previous) === authorKey(message);
