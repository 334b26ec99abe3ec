import { readFileSync } from 'node:fs';
import path from './list.bin' with { type: 'file' };
import { hasPrefix, prefixOf } from './prefix.ts';

/** Shorter pieces say nothing: most of them are in the list. */
const SHORTEST_PIECE = 4;
const SHORTEST_REPEATED = 8;
/** No two listed words are longer together; it bounds what a long password costs. */
const LONGEST_OF_TWO = 48;

let list: Uint8Array | null = null;

/** Read at the first question: most starts of the program never ask. */
function isListed(word: string): boolean {
  list ??= readFileSync(path);
  return hasPrefix(list, prefixOf(word));
}

/**
 * Whether it is a password from the list of breached and common ones, or made of them as people make them:
 * with digits or signs around it, with digits for letters, twice the same, or two of them in a row.
 */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  const bare = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const joined = lower.replace(/[^\p{L}\p{N}]+/gu, '');
  const forms = new Set([lower, bare, joined].flatMap((form) => [form, asLetters(form)]));
  return [...forms].some((form) => isListed(form) || isRepeated(form) || isTwoListed(form));
}

const letters: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const asLetters = (form: string) => form.replace(/[013457@$!]/g, (sign) => letters[sign] ?? sign);

function isRepeated(form: string): boolean {
  const unit = /^(.+?)\1+$/su.exec(form)?.[1] ?? '';
  return unit !== '' && (unit.length < SHORTEST_REPEATED || isListed(unit));
}

function isTwoListed(form: string): boolean {
  if (form.length > LONGEST_OF_TWO) {
    return false;
  }
  for (let cut = SHORTEST_PIECE; cut <= form.length - SHORTEST_PIECE; cut += 1) {
    if (isListed(form.slice(0, cut)) && isListed(form.slice(cut))) {
      return true;
    }
  }
  return false;
}
