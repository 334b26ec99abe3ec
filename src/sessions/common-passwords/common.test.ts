import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import passwords from '@zxcvbn-ts/language-common/src/passwords.json';
import { isCommonPassword } from './common.ts';
import { makeList } from './make.ts';

test('the list is what the package makes, and small', () => {
  const list = readFileSync(new URL('list.bin', import.meta.url));
  expect(list.equals(makeList(passwords))).toBe(true);
  expect(list.byteLength).toBeLessThan(500_000);
});

test('every password of the list is found, however its letters are typed', () => {
  expect(passwords.length).toBeGreaterThan(40_000);
  expect(passwords.filter((word) => !isCommonPassword(word))).toEqual([]);
  expect(passwords.slice(0, 1000).filter((word) => !isCommonPassword(word.toUpperCase()))).toEqual([]);
});

test.each([
  ['Sunshine2024!', 'with signs around it'],
  ['2024-football', 'with digits before it'],
  ['P@ssw0rd!2026', 'with signs for letters'],
  ['sunshinesunshine', 'twice the same'],
  ['Monkey-Dragon-12', 'two in a row'],
  ['1qaz2wsx3edc', 'a walk over the keys'],
  ['xk7xk7xk7xk7', 'a few signs again and again'],
])('%s is refused: %s', (password) => {
  expect(isCommonPassword(password)).toBe(true);
});

test.each([
  'quiet rivers run 41',
  'seven blue kettles',
  'correct horse battery staple',
  'k3nJ8_pQ2xLw9',
  '🐘🦒🦓🐆🦏🐊🦛🐢🦩🐝🦂🐍',
  '非常に長いパスワードです',
])('%s is nobody else’s', (password) => {
  expect(isCommonPassword(password)).toBe(false);
});

test('words made by chance are hardly ever taken for one of the list', () => {
  const taken = Array.from({ length: 5_000 }, (_, at) => `zq${at}vx-${at * 7919}-kj${at}w`).filter(
    isCommonPassword,
  );
  expect(taken.length).toBeLessThan(10);
});
