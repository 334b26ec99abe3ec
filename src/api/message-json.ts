import type { ThreadMessage } from '#src/messages/thread-message.ts';
import type { Attachment } from './attachments.ts';
import { timeJson } from './time-json.ts';

/** A message as the API gives it out. */
export function messageJson(message: ThreadMessage, attachments: readonly Attachment[]) {
  return {
    id: message.id,
    wamid: message.wamid,
    direction: message.direction,
    type: message.type,
    text: message.text,
    attachments: attachments.map(({ id, mime, bytes, isStored }) => ({
      id,
      mime_type: mime,
      size: isStored ? bytes : null,
      url: isStored ? `/api/v1/media/${id}` : null,
    })),
    status: message.status,
    error: message.error,
    sent_at: timeJson(message.orderedAt),
  };
}
