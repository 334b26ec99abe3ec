import { expect, test } from 'bun:test';
import { readEmail, readName } from './person.ts';

test('e-mail addresses are kept in one spelling', () => {
  expect(readEmail(' Ada.Lungu@Mbare.Example ')).toBe('ada.lungu@mbare.example');
  expect(readEmail('jos\u0065\u0301@mbare.example')).toBe('jos\u00e9@mbare.example');
  expect(readEmail('root@localhost')).toBe('root@localhost');
});

test('what is no e-mail address is not taken', () => {
  const wrong = [
    '',
    'ada',
    '@mbare.example',
    'ada@',
    'a b@c.d',
    'a@b@c.d',
    'Ada <a@b.c>',
    'a\n@b.c',
    `${'a'.repeat(250)}@b.cd`,
  ];
  expect(wrong.map(readEmail)).toEqual(wrong.map(() => null));
});

test('names stand on one line, without what cannot be stored', () => {
  expect(readName('  Ada\r\n\t Lungu\0 ')).toBe('Ada Lungu');
  expect(readName('Łukasz 🐘')).toBe('Łukasz 🐘');
  expect(readName('a\ud800')).toBe('a\ufffd');
  expect(['', ' \n ', '\0', 'x'.repeat(121)].map(readName)).toEqual([null, null, null, null]);
});
