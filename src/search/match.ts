import { canonicalPhone } from '#src/contacts/phone.ts';
import { fold } from './fold.ts';
import { type ParsedQuery, SHORTEST_PREFIX, type Term } from './parse-query.ts';

type Terms = Extract<ParsedQuery, { kind: 'terms' }>;

// Every term goes to FTS5 in quotation marks, in which nothing but a quotation mark means anything.

/** What FTS5 is asked for in messages: all of the terms; of a number typed in groups also the whole number. */
export function messageMatch({ terms, digits }: Terms): string {
  const all = terms.map(({ text, isPrefix }) => quoted(text, isPrefix)).join(' ');
  return digits === null || terms.length === 1 ? all : `(${all}) OR ${quoted(digits, true)}`;
}

/** What FTS5 is asked for in contacts: each term begins a word of theirs, or stands anywhere in a phone number. */
export function contactMatch({ terms, digits }: Terms): string {
  return digits === null ? terms.map(inContact).join(' ') : anyOf(phonesLike(digits));
}

function inContact({ text, words }: Term): string {
  const [last = ''] = words.slice(-1);
  if (words.length === 1 && /^\d+$/.test(last)) {
    return last.length < SHORTEST_PREFIX ? quoted(last, false) : anyOf(phonesLike(last));
  }
  return quoted(fold(text), [...last].length > 1);
}

/** A number is typed with the zeros that one dials before it, or in a writing that was changed since. */
function phonesLike(digits: string): string[] {
  const dialled = digits.replace(/^0+/, '');
  return [digits, ...(dialled.length < SHORTEST_PREFIX ? [] : [dialled, canonicalPhone(dialled)])];
}

function anyOf(prefixes: readonly string[]): string {
  return `(${[...new Set(prefixes)].map((prefix) => quoted(prefix, true)).join(' OR ')})`;
}

function quoted(text: string, isPrefix: boolean): string {
  return `"${text.replaceAll('"', '""')}"${isPrefix ? '*' : ''}`;
}
