const LONGEST = 60;
/** What turns text around, or stands in it unseen. */
const UNSEEN = /[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const ISOLATE = { begin: '\u2068', end: '\u2069' } as const;
const JOINER = '\u2060';

/**
 * What somebody chose to be called, inside a letter that bears our name: on one line, cut when it is long, kept apart
 * from text that runs the other way, and so that no mail program makes a link of it.
 */
export function nameInLetter(name: string, { isPlain = false }: { isPlain?: boolean } = {}): string {
  const shown = shortened(onOneLine(name.replace(UNSEEN, '')));
  const apart = isPlain ? shown : shown.replace(/(?<=\S)[.:/@](?=\S)/g, `$&${JOINER}`);
  return RIGHT_TO_LEFT.test(apart) ? `${ISOLATE.begin}${apart}${ISOLATE.end}` : apart;
}

/** Control characters and breaks of any kind become a space: none of them can begin another header. */
export const onOneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();

function shortened(text: string): string {
  const characters = [...text.slice(0, LONGEST * 4)];
  return characters.length > LONGEST
    ? `${characters.slice(0, LONGEST).join('').trim()}…`
    : characters.join('');
}
