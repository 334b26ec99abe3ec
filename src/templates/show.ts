import { type Button, type Header, hydrate, type Worded } from '#src/whatsapp/template-definition.ts';
import type { ShownButton, ShownHeader, ShownTemplate } from './content.ts';
import { keyOf, takesCode } from './field.ts';
import type { Given } from './given.ts';
import type { Template } from './template.ts';

/** How it looks with what is given so far; what is missing stands there as its sample, in brackets. */
export function showTemplate({ definition }: Pick<Template, 'definition'>, given: Given): ShownTemplate {
  const { header, body, footer, buttons, offer, cards } = definition;
  const code = takesCode(definition) ? textAt(given, 'code') : null;
  const expiresAt = Number(textAt(given, 'offer'));
  return {
    ...(header ? { header: showHeader(header, given, null) } : {}),
    body:
      code === null
        ? words(body, given, 'body', null)
        : hydrate(body.text, () => code || missing(body.variables[0]?.sample, '123456')),
    ...(footer ? { footer } : {}),
    ...(offer
      ? { offer: { text: offer.text, ...(offer.expires && expiresAt > 0 ? { expiresAt } : {}) } }
      : {}),
    buttons: buttons.map((button, index) => showButton(button, given, keyOf(null, 'button', index))),
    ...(cards.length === 0
      ? {}
      : {
          cards: cards.map((card, place) => ({
            ...(card.header ? { header: showHeader(card.header, given, place) } : {}),
            ...(card.body ? { body: words(card.body, given, 'body', place) } : {}),
            buttons: card.buttons.map((button, index) =>
              showButton(button, given, keyOf(place, 'button', index)),
            ),
          })),
        }),
  };
}

const textAt = ({ texts }: Given, key: string): string => texts.get(key)?.trim() ?? '';
const missing = (sample: string | undefined, name: string): string => `[${sample || name}]`;

function showHeader(header: Header, given: Given, card: number | null): ShownHeader {
  if (header.format === 'text') {
    return { format: 'text', text: words(header, given, 'header', card) };
  } else if (header.format === 'location') {
    const at = (name: string) => textAt(given, keyOf(card, 'header', name));
    const [latitude, longitude] = [degreesOf(at('latitude')), degreesOf(at('longitude'))];
    return {
      format: header.format,
      name: at('name'),
      address: at('address'),
      ...(latitude === null || longitude === null ? {} : { latitude, longitude }),
    };
  }
  return { format: header.format };
}

const degreesOf = (text: string): number | null =>
  text !== '' && Number.isFinite(Number(text)) ? Number(text) : null;

function words({ text, variables }: Worded, given: Given, part: string, card: number | null): string {
  const samples = new Map(variables.map(({ name, sample }) => [name, sample]));
  return hydrate(text, (name) => textAt(given, keyOf(card, part, name)) || missing(samples.get(name), name));
}

function showButton({ kind, text, url, variable }: Button, given: Given, key: string): ShownButton {
  const suffix = variable === null ? '' : textAt(given, key);
  return { kind, text, ...(kind === 'url' && url !== null ? { url: url + suffix } : {}) };
}
