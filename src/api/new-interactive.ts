import { t } from 'elysia';
import { Invalid } from '#src/errors.ts';
import type { NewMessage } from '#src/messages/compose.ts';
import { type Ask, askTypes } from '#src/messages/interactive.ts';

const Text = t.Object({ text: t.String() });
const Row = t.Object({ id: t.String(), title: t.String(), description: t.Optional(t.String()) });
const Button = t.Object({
  type: t.Literal('reply'),
  reply: t.Object({ id: t.String(), title: t.String() }),
});

/** Meta's `interactive`; of `action`, each kind reads what is its own. */
export const InteractiveJson = t.Object({
  type: t.Union(askTypes.map((type) => t.Literal(type))),
  header: t.Optional(t.Object({ type: t.Literal('text'), text: t.String() })),
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

/** Throws `Invalid` when the action lacks what its type needs. */
export function readInteractiveJson(given: GivenInteractive): Pick<NewMessage, 'text' | 'content'> {
  const { header, body, footer } = given;
  return {
    text: body.text,
    content: {
      kind: 'interactive',
      ...(header === undefined ? {} : { header: header.text }),
      ...(footer === undefined ? {} : { footer: footer.text }),
      ask: readAction(given),
    },
  };
}

function readAction({ type, action }: GivenInteractive): Ask {
  switch (type) {
    case 'button':
      return { type, buttons: present('buttons', action.buttons).map(({ reply }) => reply) };
    case 'list':
      return {
        type,
        button: present('button', action.button),
        sections: present('sections', action.sections),
      };
    case 'cta_url': {
      const { display_text: label, url } = present('parameters', action.parameters);
      return { type, label, url };
    }
    default:
      return { type };
  }
}

function present<T>(part: string, value: T | undefined): T {
  if (value === undefined) {
    throw new Invalid({ [`interactive.action.${part}`]: 'It is missing, or not of the kind expected.' });
  }
  return value;
}
