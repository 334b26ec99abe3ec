/** @jsxImportSource preact */
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { words } from '../words/words.ts';

/** Who reacted and how; one taken back is an empty one, and is gone. */
export function Reactions({ reactions }: Pick<ThreadMessage, 'reactions'>) {
  const shown = reactions.filter((reaction) => reaction.emoji !== '');
  return shown.length === 0 ? null : (
    <p class="react">
      {shown.map((reaction) => (
        <span
          key={`${reaction.side} ${reaction.name}`}
          title={words.reactedWith(reaction.name, reaction.emoji)}
        >
          <bdi>{reaction.emoji}</bdi> <bdi>{reaction.name}</bdi>
          {reaction.status === 'failed' ? ` · ${words.status.failed}` : null}
        </span>
      ))}
    </p>
  );
}
