import { expect, test } from 'bun:test';
import { phoneInWords } from './phone.ts';

test('a phone number is grouped as its country does', () => {
  expect(phoneInWords('+263775550142')).toBe('+263 77 555 0142');
  expect(phoneInWords('+27820000105')).toBe('+27 82 000 0105');
});

test('what is no phone number is shown as it is', () => {
  expect(phoneInWords('not shared')).toBe('not shared');
  expect(phoneInWords('')).toBe('');
});
