/** @jsxImportSource preact */
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { words } from '../words/words.ts';

/** Where a message says that it was changed: it leads to what it said before. */
export const Edited = ({ id, editedAt, revokedAt }: ThreadMessage) =>
  editedAt === null || revokedAt !== null ? null : (
    <span>
      <a href={`/messages/${id}/versions`} title={words.message.editedVersions}>
        {words.message.edited}
      </a>{' '}
      ·
    </span>
  );
