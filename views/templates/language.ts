import { words } from '../words/words.ts';

const names = new Intl.DisplayNames([words.locale], { type: 'language', fallback: 'code' });

/** `pt_BR` is “Brazilian Portuguese”; a code that nobody knows stays one. */
export function languageName(code: string): string {
  try {
    return names.of(code.replaceAll('_', '-')) ?? code;
  } catch {
    return code;
  }
}
