import { expect, test } from 'bun:test';
import { pluralsOf } from './plural.ts';
import { words, wordsFor } from './words.ts';

test('plurals follow the language, and numbers are grouped', () => {
  const forms = { one: '# thing', other: '# things' };
  expect(pluralsOf('en')(1, forms)).toBe('1 thing');
  expect(pluralsOf('en')(0, forms)).toBe('0 things');
  expect(pluralsOf('en')(1_204, forms)).toBe('1,204 things');
  expect(pluralsOf('fr')(0, forms)).toBe('0 thing');
});

test('a language without a catalogue gets English', () => {
  expect(wordsFor('xx-YY')).toBe(words);
  expect(wordsFor('en-ZA')).toBe(words);
});

test('sentences agree with their number', () => {
  expect(words.errorsTitle(1)).toBe('One thing to put right');
  expect(words.errorsTitle(2)).toBe('2 things to put right');
  expect(words.signIn.wait(30)).toContain('30 seconds');
  expect(words.inTitle(0, 'Mine')).toBe('Mine');
  expect(words.inTitle(7, 'Mine')).toBe('(7) Mine');
});
