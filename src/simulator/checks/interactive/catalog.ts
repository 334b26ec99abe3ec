import { asArray, asObject, type Fields, onlyKeys, requireOneOf, requireText } from '../../fields.ts';
import { invalidParameter } from '../../graph-error.ts';
import { checkParts } from './parts.ts';

const MOST_PRODUCTS = 30;

export function checkProduct(interactive: Fields): void {
  const action = checkParts(interactive, { footer: true });
  onlyKeys(action, 'interactive.action', ['catalog_id', 'product_retailer_id']);
  requireText(action, 'catalog_id', 'interactive.action');
  requireText(action, 'product_retailer_id', 'interactive.action');
}

export function checkProductList(interactive: Fields): void {
  const action = checkParts(interactive, { body: 1024, headers: ['text'], footer: true });
  asObject(interactive.header, 'interactive.header');
  onlyKeys(action, 'interactive.action', ['catalog_id', 'sections']);
  requireText(action, 'catalog_id', 'interactive.action');
  const sections = asArray(action.sections, 'interactive.action.sections', { max: 10 });
  const products = sections.flatMap((item, index) => {
    const path = `interactive.action.sections[${index}]`;
    const section = asObject(item, path);
    onlyKeys(section, path, ['title', 'product_items']);
    if (sections.length > 1 || section.title !== undefined) {
      requireText(section, 'title', path, { max: 24 });
    }
    return asArray(section.product_items, `${path}.product_items`).map((product, place) =>
      requireText(
        asObject(product, `${path}.product_items[${place}]`),
        'product_retailer_id',
        `${path}.product_items[${place}]`,
      ),
    );
  });
  if (products.length > MOST_PRODUCTS) {
    throw invalidParameter(
      `interactive.action.sections: ${products.length} products, at most ${MOST_PRODUCTS} are allowed.`,
    );
  }
}

export function checkCatalogMessage(interactive: Fields): void {
  const action = checkParts(interactive, { body: 1024, footer: true });
  onlyKeys(action, 'interactive.action', ['name', 'parameters']);
  requireOneOf(action, 'name', 'interactive.action', ['catalog_message']);
  if (action.parameters !== undefined) {
    const parameters = asObject(action.parameters, 'interactive.action.parameters');
    onlyKeys(parameters, 'interactive.action.parameters', ['thumbnail_product_retailer_id']);
    requireText(parameters, 'thumbnail_product_retailer_id', 'interactive.action.parameters');
  }
}
