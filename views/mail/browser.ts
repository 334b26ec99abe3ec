import { words } from '../words/words.ts';
import { nameInLetter } from './name-in-letter.ts';

/** In this order: most browsers also name those whose engine they use. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;

const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['CrOS', 'ChromeOS'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** The browser of a User-Agent header as people call it, or the header's beginning; null when it said nothing. */
export function browserInWords(agent: string | null): string | null {
  if (agent === null || agent.trim() === '') {
    return null;
  }
  const browser = nameAmong(BROWSERS, agent, '/');
  const system = nameAmong(SYSTEMS, agent);
  return browser && system ? words.mail.browserOn(browser, system) : nameInLetter(agent);
}

const nameAmong = (known: readonly (readonly [string, string])[], agent: string, end = '') =>
  known.find(([mark]) => agent.includes(`${mark}${end}`))?.[1];
