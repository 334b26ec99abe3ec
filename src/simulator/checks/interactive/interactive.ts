import { asObject, type Fields, requireOneOf } from '../../fields.ts';
import { checkButtons } from './buttons.ts';
import { checkCarousel } from './carousel.ts';
import { checkCatalogMessage, checkProduct, checkProductList } from './catalog.ts';
import { checkFlow } from './flow.ts';
import { checkList } from './list.ts';
import { checkAddressRequest, checkContactRequest, checkLocationRequest } from './requests.ts';
import { checkUrlButton } from './url-button.ts';

const KINDS: Record<string, (interactive: Fields) => void> = {
  button: checkButtons,
  list: checkList,
  cta_url: checkUrlButton,
  location_request_message: checkLocationRequest,
  address_message: checkAddressRequest,
  request_contact_info: checkContactRequest,
  flow: checkFlow,
  carousel: checkCarousel,
  product: checkProduct,
  product_list: checkProductList,
  catalog_message: checkCatalogMessage,
};

export function checkInteractive(content: unknown): void {
  const interactive = asObject(content, 'interactive');
  const kind = requireOneOf(interactive, 'type', 'interactive', Object.keys(KINDS));
  KINDS[kind]?.(interactive);
}
