import type { ThreadFile } from '#src/attachments/thread-file.ts';
import type { ThreadMessage, ThreadReaction } from '#src/messages/thread-message.ts';
import { contentJson } from './content-json.ts';
import { marksJson, productJson, referralJson } from './marks-json.ts';
import { timeJson } from './time-json.ts';

/** A message as the API gives it out; `versions`: how many times it said something, if it was changed or deleted. */
export function messageJson(message: ThreadMessage, versions: number | undefined) {
  const { author, quoted, editedAt, revokedAt, pricing } = message;
  return {
    id: message.id,
    wamid: message.wamid,
    direction: message.direction,
    type: message.type,
    text: message.text,
    content: contentJson(message),
    author: { kind: author.kind, id: author.id, name: author.name === '' ? null : author.name },
    // The `wamid` also of a message that is not here.
    quoted: quoted && { id: quoted.id, wamid: quoted.wamid ?? null },
    marks: marksJson(message),
    group_id: message.groupId ?? null,
    referral: message.referral && referralJson(message.referral),
    product: message.product && productJson(message.product),
    attachments: message.files.map(attachmentJson),
    reactions: message.reactions.map(reactionJson),
    status: message.status,
    error: message.error,
    pricing: pricing ?? null,
    sent_at: timeJson(message.orderedAt),
    arrived_at: timeJson(message.arrivedAt),
    // Only of what was changed or deleted by its sender.
    ...(editedAt === null ? {} : { edited_at: timeJson(editedAt), versions: versions ?? 1 }),
    ...(revokedAt === null ? {} : { revoked_at: timeJson(revokedAt) }),
  };
}

function attachmentJson({ id, mime, bytes, state, name, duration }: ThreadFile) {
  const isStored = state === 'stored';
  return {
    id,
    mime_type: mime,
    size: isStored ? bytes : null,
    url: isStored ? `/api/v1/media/${id}` : null,
    name,
    duration_seconds: duration === null ? null : duration / 1000,
  };
}

function reactionJson({ side, emoji, by, name, status, at }: ThreadReaction) {
  return {
    emoji,
    direction: side,
    by: by === null ? null : { id: by, name },
    status,
    reacted_at: timeJson(at),
  };
}
