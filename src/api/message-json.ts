import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { timeJson } from './time-json.ts';

/** A message as the API gives it out. */
export function messageJson(message: ThreadMessage) {
  return {
    id: message.id,
    wamid: message.wamid,
    direction: message.direction,
    type: message.type,
    text: message.text,
    attachments: message.files.map(({ id, mime, bytes, state }) => ({
      id,
      mime_type: mime,
      size: state === 'stored' ? bytes : null,
      url: state === 'stored' ? `/api/v1/media/${id}` : null,
    })),
    status: message.status,
    error: message.error,
    sent_at: timeJson(message.orderedAt),
    // Only of what was changed or deleted by its sender.
    ...(message.editedAt === null ? {} : { edited_at: timeJson(message.editedAt) }),
    ...(message.revokedAt === null ? {} : { revoked_at: timeJson(message.revokedAt) }),
  };
}
