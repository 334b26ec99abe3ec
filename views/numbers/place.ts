import { callingCodes } from '#src/contacts/calling-code.ts';
import { words } from '../words/words.ts';

const countries = new Map(callingCodes().map(({ code, country }) => [code, country]));
const names = new Intl.DisplayNames(words.locale, { type: 'region' });

/** A calling code with the country it is known by. */
export function placeInWords(code: string): string {
  const country = countries.get(code);
  if (code === '') {
    return words.numbers.unknownPlace;
  }
  return country === undefined || !/^[A-Z]{2}$/.test(country)
    ? `+${code}`
    : `${names.of(country)} (+${code})`;
}
