import { expect, test } from 'bun:test';
import { delayInWords, sizeInWords, spanInWords } from './measure.ts';

const MB = 1024 * 1024;

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1 kB'],
  [1.55 * MB, '1.6 MB'],
  [96.4 * MB, '96 MB'],
  [1024 * MB, '1 GB'],
  [5_000 * 1024 * 1024 * MB, '5,000 TB'],
])('%p bytes are %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words);
});

test.each([
  [-1, '0 s'],
  [3_999, '3 s'],
  [60_000, '1 min'],
  [3_599_000, '59 min'],
  [2 * 3_600_000, '2 h'],
  [86_400_000, 'one day'],
  [40 * 86_400_000, '40 days'],
])('%p ms last %s', (ms, words) => {
  expect(spanInWords(ms)).toBe(words);
});

test.each([
  [0, '0 ms'],
  [0.0121, '13 ms'],
  [0.9999, '1000 ms'],
  [1.54, '1.5 s'],
])('%p s late is %s', (seconds, words) => {
  expect(delayInWords(seconds)).toBe(words);
});
