import type { Button, Header, Worded } from '#src/whatsapp/template-definition.ts';
import type { TemplatePart, TextValue } from '#src/whatsapp/template-message.ts';
import type { ShownTemplate, TemplateContent } from './content.ts';
import { keyOf, takesCode } from './field.ts';
import type { Given } from './given.ts';
import { showTemplate } from './show.ts';
import type { Template } from './template.ts';

/** What a template's message holds. `given` was checked: nothing is missing. */
export function fillTemplate(template: Template, given: Given): { text: string; content: TemplateContent } {
  const { name, language, category } = template;
  const shown = showTemplate(template, given);
  const content: TemplateContent = {
    kind: 'template',
    name,
    language,
    category,
    ...shown,
    parts: partsOf(template, given),
  };
  return { text: textOf(shown), content };
}

/** What a person reads of it: in lists, in search, through the API. */
export function textOf({ header, body, footer, offer, cards = [] }: ShownTemplate): string {
  return [
    header?.format === 'text' ? header.text : '',
    offer?.text ?? '',
    body,
    footer ?? '',
    ...cards.map((card) => card.body ?? ''),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function partsOf(template: Template, given: Given): TemplatePart[] {
  const { header, body, buttons, offer, cards } = template.definition;
  const filling: Filling = {
    template,
    given,
    code: takesCode(template.definition) ? textAt(given, 'code') : null,
  };
  const expiresAt = Number(textAt(given, 'offer'));
  return [
    ...headerParts(filling, header, null),
    ...bodyParts(filling, body, null),
    ...(offer?.expires ? [{ part: 'offer' as const, expiresAt }] : []),
    ...buttonParts(filling, buttons, null),
    ...cards.flatMap((card, place) => [
      ...headerParts(filling, card.header, place),
      ...(card.body ? bodyParts(filling, card.body, place) : []),
      ...buttonParts(filling, card.buttons, place),
    ]),
  ];
}

type Filling = { template: Template; given: Given; code: string | null };

const textAt = ({ texts }: Given, key: string): string => texts.get(key)?.trim() ?? '';
const of = (card: number | null) => (card === null ? {} : { card });

function headerParts(
  { template, given }: Filling,
  header: Header | null,
  card: number | null,
): TemplatePart[] {
  if (header === null) {
    return [];
  } else if (header.format === 'text') {
    const texts = textsOf(template, given, header, 'header', card);
    return texts.length === 0 ? [] : [{ ...of(card), part: 'header', texts }];
  } else if (header.format === 'location') {
    const at = (name: string) => textAt(given, keyOf(card, 'header', name));
    const place = {
      latitude: Number(at('latitude')),
      longitude: Number(at('longitude')),
      name: at('name'),
      address: at('address'),
    };
    return [{ ...of(card), part: 'header', place }];
  }
  const file = given.files.get(keyOf(card, 'header'));
  const { format } = header;
  const named = format === 'document' && file?.filename !== undefined ? { filename: file.filename } : {};
  return file ? [{ ...of(card), part: 'header', media: { format, source: file.source, ...named } }] : [];
}

function bodyParts({ template, given, code }: Filling, body: Worded, card: number | null): TemplatePart[] {
  const texts = code === null ? textsOf(template, given, body, 'body', card) : [{ text: code }];
  return texts.length === 0 ? [] : [{ ...of(card), part: 'body', texts }];
}

function textsOf(
  template: Template,
  given: Given,
  worded: Worded,
  part: string,
  card: number | null,
): TextValue[] {
  return worded.variables.map(({ name }) => ({
    text: textAt(given, keyOf(card, part, name)),
    ...(template.isNamed ? { name } : {}),
  }));
}

function buttonParts(
  { template, given, code }: Filling,
  buttons: readonly Button[],
  card: number | null,
): TemplatePart[] {
  return buttons.flatMap(({ kind, variable }, index): TemplatePart[] => {
    const key = keyOf(card, 'button', index);
    const about = { ...of(card), part: 'button' as const, index };
    switch (kind) {
      case 'quick_reply':
        return [{ ...about, payload: given.payloads?.get(key) ?? `${template.name}:${keyOf(card, index)}` }];
      case 'flow': {
        const { token = crypto.randomUUID(), data } = given.flows?.get(key) ?? {};
        return [{ ...about, flow: { token, ...(data === undefined ? {} : { data }) } }];
      }
      case 'otp':
        return code === null ? [] : [{ ...about, suffix: code }];
      case 'copy_code':
        return [{ ...about, code: textAt(given, key) }];
      case 'url':
        return variable === null ? [] : [{ ...about, suffix: textAt(given, key) }];
      default:
        return [];
    }
  });
}
