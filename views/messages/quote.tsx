/** @jsxImportSource preact */
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { kindInWords } from './file-words.ts';
import { mediaIcon } from './tiles.tsx';

type Props = { quoted: NonNullable<ThreadMessage['quoted']> };

/** What is being answered; a link while that message is known. */
export function Quote({ quoted }: Props) {
  const said = (
    <>
      <QuotedPicture quoted={quoted} />
      <b>
        <bdi>{quoted.author}</bdi>
      </b>
      <span dir="auto">
        {quoted.media === undefined ? null : <Icon name={mediaIcon(quoted.media)} small />}
        {quoted.isRevoked ? words.message.revoked : excerptOf(quoted)}
      </span>
    </>
  );
  return quoted.id === null ? (
    <p class="quote">
      <span>{words.message.notHere}</span>
    </p>
  ) : (
    <a class="quote" href={`#message-${quoted.id}`}>
      {said}
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
