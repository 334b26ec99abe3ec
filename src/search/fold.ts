/**
 * Text as it is compared: lower case, without the accents of Latin, Greek and Cyrillic letters, and with the
 * plain form of wide, narrow and joined ones. What is stored for searching and what is searched for both pass it.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .normalize('NFKC');
}

export type Token = { folded: string; start: number; end: number };

/** Letters, digits and what belongs to them; as FTS5's `unicode61` cuts text, save that a mark never ends a word. */
const TOKEN = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;

/** The words of a text, folded, with their places in it. */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(({ 0: word, index }) => ({
    folded: fold(word),
    start: index,
    end: index + word.length,
  }));
}
