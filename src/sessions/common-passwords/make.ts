import passwords from '@zxcvbn-ts/language-common/src/passwords.json';
import { bytesOf, prefixOf } from './prefix.ts';

// Run by hand after an update of the package: `bun src/sessions/common-passwords/make.ts`.

/** Passwords from breaches, the most common ones, as sorted beginnings of their hashes: four bytes each. */
export function makeList(words: readonly string[]): Uint8Array {
  const prefixes = new Set(words.map((word) => prefixOf(word.toLowerCase())));
  return bytesOf([...prefixes].sort((a, b) => a - b));
}

if (import.meta.main) {
  await Bun.write(new URL('list.bin', import.meta.url), makeList(passwords));
}
