import { isObject } from './fields.ts';
import { words } from './words.ts';

/** One line of plain text for a message of any kind, for quotes. */
export function summarise(type: string, content: unknown): string {
  return [words.kinds[type], detail(type, content)].filter(Boolean).join(' · ');
}

/** What a message says besides its kind: the text, the caption, the place. */
export function detail(type: string, content: unknown): string {
  const fields = isObject(content) ? content : {};
  switch (type) {
    case 'text':
      return asText(fields.body);
    case 'location':
      return [asText(fields.name), `${fields.latitude}, ${fields.longitude}`].filter(Boolean).join(' · ');
    case 'interactive':
      return isObject(fields.body) ? asText(fields.body.text) : '';
    case 'template':
      return asText(fields.text) || asText(fields.name);
    case 'button':
      return asText(fields.text);
    case 'contacts':
      return contactNames(content);
    default:
      return [asText(fields.filename), asText(fields.caption)].filter(Boolean).join(' · ');
  }
}

function contactNames(content: unknown): string {
  const cards = Array.isArray(content) ? content : [];
  return cards
    .map((card) => (isObject(card) && isObject(card.name) ? asText(card.name.formatted_name) : ''))
    .filter(Boolean)
    .join(', ');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
