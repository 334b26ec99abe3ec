/** @jsxImportSource preact */
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { words } from '../words/words.ts';
import { kindInWords } from './kind-in-words.ts';

/** What is being answered; a link while that message is known. */
export function Quote({ quoted }: { quoted: NonNullable<ThreadMessage['quoted']> }) {
  const said = (
    <>
      <b>
        <bdi>{quoted.author}</bdi>
      </b>
      <span dir="auto">{inWords(quoted)}</span>
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

function inWords({ excerpt, type, isRevoked }: NonNullable<ThreadMessage['quoted']>): string {
  if (isRevoked) {
    return words.message.revoked;
  }
  return excerpt === '' && type !== undefined ? kindInWords(type) : excerpt;
}
