import { asObject, onlyKeys, optionalText, requireNumber } from '../fields.ts';

export function checkLocation(content: unknown): void {
  const location = asObject(content, 'location');
  onlyKeys(location, 'location', ['latitude', 'longitude', 'name', 'address']);
  requireNumber(location, 'latitude', 'location', [-90, 90]);
  requireNumber(location, 'longitude', 'location', [-180, 180]);
  optionalText(location, 'name', 'location', { max: 1000 });
  optionalText(location, 'address', 'location', { max: 1000 });
}
