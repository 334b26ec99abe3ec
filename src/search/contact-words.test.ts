import { expect, test } from 'bun:test';
import { contactWords } from './contact-words.ts';

const named = (kind: 'phone' | 'bsuid' | 'username', value: string, retiredAt: number | null = null) => ({
  kind,
  value,
  asReceived: value,
  retiredAt,
});

test('a name without its accents, what WhatsApp calls them, and every ending of the number', () => {
  const words = contactWords('João Nyámukunda', [
    named('phone', '26377'),
    named('username', '@Joao'),
    named('bsuid', 'ZA.4901'),
  ]);
  expect(words).toBe('joao nyamukunda @joao za.4901 26377 6377 377');
});

test('both writings of a number count, and what is no longer theirs does not', () => {
  const brazilian = { ...named('phone', '5511987654321'), asReceived: '551187654321' };
  const words = contactWords('', [brazilian, named('phone', '26377', 1)]);
  expect(words).toContain('5511987654321');
  expect(words).toContain('551187654321');
  expect(words).not.toContain('26377');
});

test('somebody without a phone number is found like others', () => {
  expect(contactWords('Rudo', [])).toBe('rudo');
  expect(contactWords('', [])).toBe('');
});
