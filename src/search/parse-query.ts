import { clean } from '#src/db/clean.ts';
import { tokensOf } from './fold.ts';

/** What stands between spaces, or between quotation marks. */
export type Term = {
  /** As it was typed: FTS5 cuts it into words by its own rules. */
  text: string;
  /** Its words, folded. */
  words: readonly string[];
  /** Its last word may go on. */
  isPrefix: boolean;
};

export type ParsedQuery =
  | { kind: 'empty' }
  /** Fewer letters and digits than a search needs. */
  | { kind: 'short'; text: string }
  | {
      kind: 'terms';
      /** What of it is used. */
      text: string;
      terms: readonly Term[];
      /** The digits of what looks like a phone number or a part of one, else null. */
      digits: string | null;
    };

/** How much of a query is used. */
export const LONGEST_QUERY = 64;
const FEWEST_LETTERS = 2;
export const SHORTEST_PREFIX = 3;
const PHONE = /^[+(]?[\d\s()+./-]+$/;

/** Reads what somebody typed. Nothing of it is ever syntax but quotation marks round words that belong together. */
export function parseQuery(given: string): ParsedQuery {
  const text = cut(clean(given).replace(/\s+/g, ' ').trim());
  const terms = termsOf(text);
  const letters = terms.flatMap(({ words }) => words).join('').length;
  if (text === '') {
    return { kind: 'empty' };
  } else if (letters < FEWEST_LETTERS) {
    return { kind: 'short', text };
  }
  return { kind: 'terms', text, terms, digits: digitsOf(text) };
}

function cut(text: string): string {
  return [...text].slice(0, LONGEST_QUERY).join('').trim();
}

/** A quotation mark that is never closed, or in a word, is a space. */
function termsOf(text: string): Term[] {
  const found = [...text.matchAll(/(?<=^|\s)["“]([^"“”]*)["”](?=\s|$)|([^\s"“”]+)/g)].map((match) => ({
    text: match[1] ?? match[2] ?? '',
    isQuoted: match[1] !== undefined,
  }));
  const terms = found
    .map((term) => ({ ...term, words: tokensOf(term.text).map(({ folded }) => folded) }))
    .filter(({ words }) => words.length > 0);
  return terms.map(({ text: typed, isQuoted, words }, index) => ({
    text: typed,
    words,
    isPrefix: !isQuoted && index === terms.length - 1 && [...(words.at(-1) ?? '')].length >= SHORTEST_PREFIX,
  }));
}

function digitsOf(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  return PHONE.test(text) && digits.length >= SHORTEST_PREFIX ? digits : null;
}
