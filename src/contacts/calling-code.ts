import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/min';
import metadata from 'libphonenumber-js/min/metadata';

/** Country calling codes, each with its countries (ISO 3166), the largest first. No code begins with another one. */
const COUNTRIES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(metadata.country_calling_codes),
);

/** The country calling code of a whole phone number's digits; '' when there is none. */
export function callingCodeOf(digits: string): string {
  return [1, 2, 3].map((length) => digits.slice(0, length)).find((code) => COUNTRIES.has(code)) ?? '';
}

/** Of a BSUID, which begins with the country of its owner's phone number; '' when it names none that is known. */
export function callingCodeOfBsuid(bsuid: string): string {
  const country = bsuid.slice(0, 2);
  return isSupportedCountry(country) ? getCountryCallingCode(country) : '';
}

/** Every calling code, with the country that it is known by. */
export function callingCodes(): { code: string; country: string }[] {
  return [...COUNTRIES].flatMap(([code, [country]]) => (country === undefined ? [] : { code, country }));
}
