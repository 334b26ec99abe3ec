import { t } from 'elysia';
import { cleanName } from '#src/attachments/upload-name.ts';
import { Invalid } from '#src/errors.ts';
import type { NewMessage } from '#src/messages/compose.ts';
import { type Ask, type AskedInteractive, askTypes } from '#src/messages/interactive.ts';

const headers = ['text', 'image', 'video', 'document'] as const;
const File = t.Object({ id: t.Integer() });
const Header = t.Object({
  type: t.Union(headers.map((type) => t.Literal(type))),
  text: t.Optional(t.String()),
  image: t.Optional(File),
  video: t.Optional(File),
  document: t.Optional(t.Object({ id: t.Integer(), filename: t.Optional(t.String()) })),
});
const Text = t.Object({ text: t.String() });
const Row = t.Object({ id: t.String(), title: t.String(), description: t.Optional(t.String()) });
const Button = t.Object({
  type: t.Literal('reply'),
  reply: t.Object({ id: t.String(), title: t.String() }),
});

/** Meta's `interactive`, with files by our own ids; of `action`, each kind reads what is its own. */
export const InteractiveJson = t.Object({
  type: t.Union(askTypes.map((type) => t.Literal(type))),
  header: t.Optional(Header),
  body: Text,
  footer: t.Optional(Text),
  action: t.Object({
    buttons: t.Optional(t.Array(Button)),
    button: t.Optional(t.String()),
    sections: t.Optional(t.Array(t.Object({ title: t.Optional(t.String()), rows: t.Array(Row) }))),
    name: t.Optional(t.String()),
    parameters: t.Optional(t.Object({ display_text: t.String(), url: t.String() })),
  }),
});
export type GivenInteractive = typeof InteractiveJson.static;

/** Throws `Invalid` when the header or the action lacks what its type needs. */
export function readInteractiveJson(given: GivenInteractive): Pick<NewMessage, 'text' | 'content'> {
  const { header, body, footer } = given;
  return {
    text: body.text,
    content: {
      kind: 'interactive',
      ...(header === undefined ? {} : { header: readHeader(header) }),
      ...(footer === undefined ? {} : { footer: footer.text }),
      ask: readAction(given),
    },
  };
}

function readHeader(given: typeof Header.static): NonNullable<AskedInteractive['header']> {
  const { type: media } = given;
  if (media === 'text') {
    return present('header.text', given.text);
  } else if (media !== 'document') {
    return { media, fileId: present(`header.${media}`, given[media]).id };
  }
  const { id: fileId, filename } = present('header.document', given.document);
  return { media, fileId, ...(filename === undefined ? {} : { filename: cleanName(filename) }) };
}

function readAction({ type, action }: GivenInteractive): Ask {
  switch (type) {
    case 'button':
      return { type, buttons: present('action.buttons', action.buttons).map(({ reply }) => reply) };
    case 'list':
      return {
        type,
        button: present('action.button', action.button),
        sections: present('action.sections', action.sections),
      };
    case 'cta_url': {
      const { display_text: label, url } = present('action.parameters', action.parameters);
      return { type, label, url };
    }
    default:
      return { type };
  }
}

function present<T>(part: string, value: T | undefined): T {
  if (value === undefined) {
    throw new Invalid({ [`interactive.${part}`]: 'It is missing, or not of the kind expected.' });
  }
  return value;
}
