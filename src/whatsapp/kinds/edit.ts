import { asFields, asText, asWords, type Fields } from '../shape.ts';

/** A change of what was said: WhatsApp lets words be changed for 15 minutes, and nothing else. */
export type Edit = { targetWamid: string; text: string };

const WITH_CAPTION = ['image', 'video', 'document'];

/** Null when it does not say of which message, or holds no words that could take the place of others. */
export function readEdit(message: Fields): Edit | null {
  const edit = asFields(message.edit);
  const targetWamid = asWords(edit?.original_message_id);
  const text = readWords(asFields(edit?.message));
  return targetWamid === null || text === null ? null : { targetWamid, text };
}

function readWords(message: Fields | null): string | null {
  const captioned = WITH_CAPTION.find((type) => type === message?.type);
  const media = captioned === undefined ? null : asFields(message?.[captioned]);
  if (message?.type === 'text') {
    return asText(asFields(message.text)?.body);
  } else {
    // A caption can also be taken away.
    return media && (asText(media.caption) ?? '');
  }
}

/** Of a message that its sender deleted: its id, or null when that is not said. */
export function readRevoke(message: Fields): { targetWamid: string } | null {
  const targetWamid = asWords(asFields(message.revoke)?.original_message_id);
  return targetWamid === null ? null : { targetWamid };
}
