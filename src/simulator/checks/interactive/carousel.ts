import { asArray, asObject, type Fields, onlyKeys, requireNumber, requireOneOf } from '../../fields.ts';
import { invalidParameter } from '../../graph-error.ts';
import { checkHeader, checkParts, checkTextPart } from './parts.ts';
import { checkUrlAction } from './url-button.ts';

/** Two to ten cards, all with the same kind of header. */
export function checkCarousel(interactive: Fields): void {
  const action = checkParts(interactive, { body: 1024 });
  onlyKeys(action, 'interactive.action', ['cards']);
  const headers = asArray(action.cards, 'interactive.action.cards', { min: 2, max: 10 }).map(
    (item, index) => {
      const path = `interactive.action.cards[${index}]`;
      const card = asObject(item, path);
      onlyKeys(card, path, ['card_index', 'type', 'header', 'body', 'action']);
      requireNumber(card, 'card_index', path, [0, 9]);
      requireOneOf(card, 'type', path, ['cta_url']);
      if (card.body !== undefined) {
        checkTextPart(card.body, `${path}.body`, 160);
      }
      checkUrlAction(asObject(card.action, `${path}.action`));
      return checkHeader(card.header, `${path}.header`, ['image', 'video']);
    },
  );
  if (new Set(headers).size > 1) {
    throw invalidParameter('interactive.action.cards: all cards must have the same kind of header.');
  }
}
