import { words } from '../words/words.ts';

/** What a message of this type is called where its words, or its picture, do not stand. */
export function typeInWords(type: string): string {
  const named: Record<string, string> = { ...words.media, ...words.kinds };
  return Object.hasOwn(named, type) ? (named[type] ?? '') : words.kinds.unsupported;
}
