import { t } from 'elysia';
import { canCarryText, LONGEST_CAPTION, type SentKind, sentKinds } from '#src/attachments/send-limits.ts';
import { Invalid } from '#src/errors.ts';
import type { NewMessage } from '#src/messages/compose.ts';
import type { NewTemplateMessage } from '#src/messages/compose-template.ts';
import { matchComponents } from '#src/templates/match.ts';
import { languageCode } from '#src/whatsapp/templates.ts';

const File = t.Object({ id: t.Integer(), caption: t.Optional(t.String()) });

/** As Meta's own: `type`, and an object under its name. */
export const NewMessageJson = t.Object({
  type: t.Union([t.Literal('text'), t.Literal('template'), ...sentKinds.map((kind) => t.Literal(kind))]),
  text: t.Optional(t.Object({ body: t.String() })),
  template: t.Optional(
    t.Object({
      name: t.String({ maxLength: 512 }),
      language: t.Object({ code: t.String({ maxLength: 20 }) }),
      components: t.Optional(t.Array(t.Unknown(), { maxItems: 30 })),
    }),
  ),
  ...Object.fromEntries(sentKinds.map((kind) => [kind, t.Optional(File)])),
});

type Given = {
  type: 'text' | 'template' | SentKind;
  text?: { body: string };
  template?: { name: string; language: { code: string }; components?: unknown[] };
} & { [kind in SentKind]?: { id: number; caption?: string } };

/** What is to be written. Throws `Invalid` when the object of its type is missing, or has a caption it cannot have. */
export function readNewMessage(
  given: Given,
): Pick<NewMessage, 'text' | 'files' | 'as'> | Pick<NewTemplateMessage, 'template' | 'read'> {
  const { type } = given;
  if (type === 'template') {
    return readTemplate(given);
  }
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

/** What fills it is read once it is known what the template has. */
function readTemplate({ template }: Given): Pick<NewTemplateMessage, 'template' | 'read'> {
  if (!template) {
    throw new Invalid({ template: 'It is missing, or not of the kind expected.' });
  }
  const { name, language, components } = template;
  return {
    template: { name, language: languageCode(language.code) },
    read: (found) => matchComponents(found, components),
  };
}
