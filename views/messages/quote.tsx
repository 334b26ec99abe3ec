/** @jsxImportSource preact */
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { kindInWords } from './file-words.ts';
import { mediaIcon } from './tiles.tsx';

type Props = { quoted: NonNullable<ThreadMessage['quoted']> };

/** What is being answered; a link while that message is known. */
export function Quote({ quoted }: Props) {
  const words = (
    <>
      <QuotedPicture quoted={quoted} />
      <b>
        {quoted.media === undefined ? null : <Icon name={mediaIcon(quoted.media)} small />}
        <bdi>{quoted.author}</bdi>
      </b>
      <span dir="auto">{excerptOf(quoted)}</span>
    </>
  );
  return quoted.id === null ? (
    <p class="quote">{words}</p>
  ) : (
    <a class="quote" href={`#message-${quoted.id}`}>
      {words}
    </a>
  );
}

/** What it says; of a file without words its kind. */
export const excerptOf = ({ excerpt, media }: Props['quoted']): string =>
  excerpt === '' && media !== undefined ? kindInWords(media) : excerpt;

const QuotedPicture = ({ quoted: { pictured } }: Props) =>
  pictured === undefined ? null : (
    <img src={`/files/${pictured}/thumbnail`} width={44} height={44} alt="" loading="lazy" />
  );
