import { t } from 'elysia';
import { canCarryText, LONGEST_CAPTION, type SentKind, sentKinds } from '#src/attachments/send-limits.ts';
import { Invalid } from '#src/errors.ts';
import type { NewMessage } from '#src/messages/compose.ts';

const File = t.Object({ id: t.Integer(), caption: t.Optional(t.String()) });

/** As Meta's own: `type`, and an object under its name. */
export const NewMessageJson = t.Object({
  type: t.Union([t.Literal('text'), ...sentKinds.map((kind) => t.Literal(kind))]),
  text: t.Optional(t.Object({ body: t.String() })),
  ...Object.fromEntries(sentKinds.map((kind) => [kind, t.Optional(File)])),
});

type Given = {
  type: 'text' | SentKind;
  text?: { body: string };
} & { [kind in SentKind]?: { id: number; caption?: string } };

/** What is to be written. Throws `Invalid` when the object of its type is missing, or has a caption it cannot have. */
export function readNewMessage(given: Given): Pick<NewMessage, 'text' | 'files' | 'as'> {
  const { type } = given;
  if (type === 'text') {
    if (!given.text) {
      throw new Invalid({ text: 'It is missing, or not of the kind expected.' });
    }
    return { text: given.text.body };
  }
  const file = given[type];
  if (!file) {
    throw new Invalid({ [type]: 'It is missing, or not of the kind expected.' });
  }
  const { id, caption = '' } = file;
  if (caption !== '' && !canCarryText(type)) {
    throw new Invalid({ [`${type}.caption`]: `WhatsApp takes no caption with ${type}. Send it as a text.` });
  } else if (caption.length > LONGEST_CAPTION) {
    throw new Invalid({
      [`${type}.caption`]: 'WhatsApp takes captions of at most 1,024 characters. Send it as a text.',
    });
  }
  return { text: caption, files: [id], as: type };
}
