import { expect, test } from 'bun:test';
import { initials, plainName } from './name.tsx';

test('initials are of the first and the last word', () => {
  expect(initials('Tendai Moyo')).toBe('TM');
  expect(initials('Anna Maria de la Cruz')).toBe('AC');
  expect(initials('@mai_tino')).toBe('MT');
  expect(initials('Tendai')).toBe('T');
  expect(initials('أحمد علي')).toBe('أع');
});

test('a name without letters still has a mark', () => {
  expect(initials('')).toBe('•');
  expect(initials('😀 !')).toBe('•');
});

test('a plain name has nothing that turns text around', () => {
  expect(plainName('a\u202Eb\u2067c\u200Fd')).toBe('abcd');
});
