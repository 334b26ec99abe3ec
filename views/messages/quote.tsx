/** @jsxImportSource preact */
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { kindInWords } from './file-words.ts';
import { mediaIcon } from './tiles.tsx';
import { typeInWords } from './type-in-words.ts';

type Props = { quoted: NonNullable<ThreadMessage['quoted']> };

/** What is being answered; a link while that message is known. */
export function Quote({ quoted }: Props) {
  const said = (
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
    <p class="quote">
      <span>{words.message.notHere}</span>
    </p>
  ) : (
    <a class="quote" href={`?message=${quoted.id}#message-${quoted.id}`}>
      {said}
    </a>
  );
}

/** What it says; without words, what it is. */
export function excerptOf({ excerpt, type, media, isRevoked }: Props['quoted']): string {
  if (isRevoked) {
    return words.message.revoked;
  } else if (excerpt !== '') {
    return excerpt;
  } else if (media !== undefined) {
    return kindInWords(media);
  } else {
    return type === undefined ? '' : typeInWords(type);
  }
}

const QuotedPicture = ({ quoted: { pictured } }: Props) =>
  pictured === undefined ? null : (
    <img src={`/files/${pictured}/thumbnail`} width={44} height={44} alt="" loading="lazy" />
  );
