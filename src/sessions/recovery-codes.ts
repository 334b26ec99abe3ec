import { randomBytes } from 'node:crypto';
import { hashSecret } from './secrets.ts';

const COUNT = 10;
/** 24 of 31 letters are 118 bits: nobody guesses them, so a plain hash is enough. */
const LENGTH = 24;
const GROUP = 6;
/** Without those that are taken for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Ten codes as they are shown, once, and the hashes that are kept. */
export function newRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const plain = Array.from({ length: COUNT }, newCode);
  return { codes: plain.map(inGroups), hashes: plain.map(hashSecret) };
}

/** Whether something typed has the shape of one, as opposed to six digits. */
export const isRecoveryCode = (typed: string): boolean => readRecoveryCode(typed).length === LENGTH;

/** As it was hashed, however it was typed. */
export const readRecoveryCode = (typed: string): string => typed.toLowerCase().replace(/[\s-]+/g, '');

function newCode(): string {
  let code = '';
  while (code.length < LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      // Bytes that would make some letters more likely than others are left out.
      const letter = byte < 256 - (256 % ALPHABET.length) ? ALPHABET[byte % ALPHABET.length] : undefined;
      code += letter ?? '';
    }
  }
  return code.slice(0, LENGTH);
}

const inGroups = (code: string): string =>
  Array.from({ length: LENGTH / GROUP }, (_, at) => code.slice(at * GROUP, (at + 1) * GROUP)).join('-');
