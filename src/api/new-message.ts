import { t } from 'elysia';
import { canCarryText, LONGEST_CAPTION, type SentKind, sentKinds } from '#src/attachments/send-limits.ts';
import { cleanName } from '#src/attachments/upload-name.ts';
import { Invalid } from '#src/errors.ts';
import type { NewMessage } from '#src/messages/compose.ts';
import type { NewTemplateMessage } from '#src/messages/compose-template.ts';
import { matchComponents } from '#src/templates/match.ts';
import { languageCode } from '#src/whatsapp/templates.ts';
import { ContactsJson, type GivenCard, readContactsJson } from './new-contacts.ts';
import { type GivenInteractive, InteractiveJson, readInteractiveJson } from './new-interactive.ts';

const writtenKinds = ['text', 'location', 'contacts', 'interactive'] as const;
type WrittenKind = (typeof writtenKinds)[number];

const File = t.Object({
  id: t.Integer(),
  caption: t.Optional(t.String()),
  filename: t.Optional(t.String()),
});
const Location = t.Object({
  latitude: t.Number(),
  longitude: t.Number(),
  name: t.Optional(t.String()),
  address: t.Optional(t.String()),
});

/** As Meta's own: `type`, an object under its name, and the message of the thread that it answers. */
export const NewMessageJson = t.Object({
  type: t.Union(([...writtenKinds, 'template', ...sentKinds] as const).map((kind) => t.Literal(kind))),
  text: t.Optional(t.Object({ body: t.String(), preview_url: t.Optional(t.Boolean()) })),
  location: t.Optional(Location),
  contacts: t.Optional(ContactsJson),
  interactive: t.Optional(InteractiveJson),
  template: t.Optional(
    t.Object({
      name: t.String({ maxLength: 512 }),
      language: t.Object({ code: t.String({ maxLength: 20 }) }),
      components: t.Optional(t.Array(t.Unknown(), { maxItems: 30 })),
    }),
  ),
  ...Object.fromEntries(sentKinds.map((kind) => [kind, t.Optional(File)])),
  /** The `id` of a message as the list of messages gives it out. */
  reply_to: t.Optional(t.Integer({ minimum: 1 })),
});

type Given = {
  type: WrittenKind | 'template' | SentKind;
  text?: { body: string; preview_url?: boolean };
  location?: typeof Location.static;
  contacts?: GivenCard[];
  interactive?: GivenInteractive;
  reply_to?: number;
  template?: { name: string; language: { code: string }; components?: unknown[] };
} & { [kind in SentKind]?: typeof File.static };

type ReadTemplate = Pick<NewTemplateMessage, 'template' | 'read'>;
type Read = Pick<NewMessage, 'text' | 'files' | 'as' | 'filename' | 'content' | 'quotedId'>;

/** What is to be written. Throws `Invalid` when what its type needs is missing, or what it cannot have is given. */
export function readNewMessage(given: Given): Read | ReadTemplate {
  const { type, reply_to: quotedId } = given;
  if (type === 'template') {
    if (quotedId !== undefined) {
      throw new Invalid({ reply_to: 'WhatsApp shows no quote with a template. Leave it out.' });
    }
    return readTemplate(present(type, given.template));
  }
  return { ...readBody({ ...given, type }), ...(quotedId === undefined ? {} : { quotedId }) };
}

function readBody(given: Given & { type: WrittenKind | SentKind }): Read {
  const { type } = given;
  switch (type) {
    case 'text': {
      const { body, preview_url: hasPreview } = present(type, given.text);
      return { text: body, ...(hasPreview ? { content: { kind: 'text', hasPreview } } : {}) };
    }
    case 'location':
      return { text: '', content: { kind: 'location', ...present(type, given.location) } };
    case 'contacts':
      return {
        text: '',
        content: { kind: 'contacts', contacts: readContactsJson(present(type, given.contacts)) },
      };
    case 'interactive':
      return readInteractiveJson(present(type, given.interactive));
    default:
      return readFile(type, present(type, given[type]));
  }
}

function readFile(type: SentKind, { id, caption = '', filename = '' }: typeof File.static): Read {
  if (caption !== '' && !canCarryText(type)) {
    throw new Invalid({ [`${type}.caption`]: `WhatsApp takes no caption with ${type}. Send it as a text.` });
  } else if (caption.length > LONGEST_CAPTION) {
    throw new Invalid({
      [`${type}.caption`]: 'WhatsApp takes captions of at most 1,024 characters. Send it as a text.',
    });
  } else if (filename !== '' && type !== 'document') {
    throw new Invalid({ [`${type}.filename`]: `WhatsApp takes no name with ${type}. Leave it out.` });
  }
  const named = filename === '' ? {} : { filename: cleanName(filename) };
  return { text: caption, files: [id], as: type, ...named };
}

/** What fills it is read once it is known what the template has. */
function readTemplate({ name, language, components }: NonNullable<Given['template']>): ReadTemplate {
  return {
    template: { name, language: languageCode(language.code) },
    read: (found) => matchComponents(found, components),
  };
}

function present<T>(field: string, value: T | undefined): T {
  if (value === undefined) {
    throw new Invalid({ [field]: 'It is missing, or not of the kind expected.' });
  }
  return value;
}
