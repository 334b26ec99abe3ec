import { expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { isAnnounced } from './announced-hash.ts';

const hashOf = (words: string) => createHash('sha256').update(words);
const hex = hashOf('a file').digest('hex');

test.each([
  hex,
  hex.toUpperCase(),
  hashOf('a file').digest('base64'),
  hashOf('a file').digest('base64').replace('=', ''),
  hashOf('a file').digest('base64url'),
])('a file is known by its hash as %s', (announced) => {
  expect(isAnnounced([announced], hex)).toBe(true);
  expect(isAnnounced([announced], hashOf('another').digest('hex'))).toBe(false);
});

test('one of two announcements is enough, and none at all announces nothing', () => {
  expect(isAnnounced([hashOf('another').digest('hex'), hex], hex)).toBe(true);
  expect(isAnnounced([null, 'no hash', hashOf('x').digest('hex').slice(1)], hex)).toBe(true);
});
