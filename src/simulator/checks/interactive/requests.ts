import { type Fields, onlyKeys, requireOneOf } from '../../fields.ts';
import { checkNamedAction, checkParts } from './parts.ts';

export function checkLocationRequest(interactive: Fields): void {
  checkBareAction(interactive, 'send_location');
}

/** Asks a customer who shows only a BSUID for the phone number. */
export function checkContactRequest(interactive: Fields): void {
  checkBareAction(interactive, 'request_contact_info');
}

/** Delivery addresses: WhatsApp offers them in India and Singapore only. */
export function checkAddressRequest(interactive: Fields): void {
  const parameters = checkNamedAction(checkParts(interactive, { body: 1024 }), 'address_message');
  const path = 'interactive.action.parameters';
  onlyKeys(parameters, path, ['country', 'values', 'saved_addresses', 'validation_errors']);
  requireOneOf(parameters, 'country', path, ['IN', 'SG']);
}

function checkBareAction(interactive: Fields, name: string): void {
  const action = checkParts(interactive, { body: 1024 });
  onlyKeys(action, 'interactive.action', ['name']);
  requireOneOf(action, 'name', 'interactive.action', [name]);
}
