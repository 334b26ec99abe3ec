import { en } from './en.ts';

/** Every sentence a person reads, by name; another language is another object of this type. */
export type Words = typeof en;

const catalogues: Record<string, Words> = { en };

/** The words for a language tag like `en` or `pt-MZ`; English when there are none. */
export function wordsFor(locale: string): Words {
  return catalogues[locale] ?? catalogues[locale.split('-')[0] ?? ''] ?? en;
}

/** The words of views that render once for everybody. */
export const words = wordsFor('en');
