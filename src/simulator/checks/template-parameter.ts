import { asObject, type Fields, onlyKeys, requireOneOf, requireText } from '../fields.ts';
import { invalidParameter } from '../graph-error.ts';
import { checkLocation } from './location.ts';
import { checkFile } from './media.ts';

const KINDS: Record<string, (value: Fields, path: string) => void> = {
  text: (value, path) => void requireText(value, 'text', path, { max: 32_768 }),
  payload: (value, path) => void requireText(value, 'payload', path, { max: 256 }),
  coupon_code: (value, path) => void requireText(value, 'coupon_code', path, { max: 20 }),
  image: (value, path) => void checkFile(value.image, `${path}.image`, []),
  video: (value, path) => void checkFile(value.video, `${path}.video`, []),
  document: (value, path) => void checkFile(value.document, `${path}.document`, ['filename']),
  location: (value) => checkLocation(value.location),
  currency: (value, path) => requireFallback(value.currency, `${path}.currency`),
  date_time: (value, path) => requireFallback(value.date_time, `${path}.date_time`),
  product: (value, path) => void asObject(value.product, `${path}.product`),
  action: (value, path) => void asObject(value.action, `${path}.action`),
  limited_time_offer: (value, path) => void asObject(value.limited_time_offer, `${path}.limited_time_offer`),
};

/** Checks one variable of a template. Returns its name, or null when it goes by its place. */
export function checkTemplateParameter(item: unknown, path: string): string | null {
  const parameter = asObject(item, path);
  const kind = requireOneOf(parameter, 'type', path, Object.keys(KINDS));
  onlyKeys(parameter, path, ['type', 'parameter_name', kind]);
  KINDS[kind]?.(parameter, path);
  if (parameter.parameter_name === undefined) {
    return null;
  }
  const name = requireText(parameter, 'parameter_name', path, { max: 64 });
  if (!/^[a-z0-9_]+$/.test(name)) {
    throw invalidParameter(
      `${path}.parameter_name is "${name}": names have small letters, digits and underscores.`,
    );
  }
  return name;
}

function requireFallback(value: unknown, path: string): void {
  requireText(asObject(value, path), 'fallback_value', path);
}
