import { expect, test } from 'bun:test';
import { calledName, initials, plainName } from './name.tsx';

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

test('a sentence calls people by their first name, where there is one', () => {
  expect(calledName('Nomvula Dlamini')).toBe('Nomvula');
  expect(calledName('João Tembe')).toBe('João');
  for (const whole of ['Tendai', 'Dr Moyo', 'A. Moyo', '+263 77 555 0142', '@mai_tino', '']) {
    expect(calledName(whole)).toBe(whole);
  }
});
