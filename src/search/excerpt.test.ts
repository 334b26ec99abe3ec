import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { excerptOf } from './excerpt.ts';
import { parseQuery } from './parse-query.ts';

const extent = { length: 180, before: 40 };
const termsOf = (text: string) => {
  const query = parseQuery(text);
  return query.kind === 'terms' ? query.terms : [];
};
const shown = (text: string, query: string) =>
  excerptOf(text, termsOf(query), extent)
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('');

test('what was searched for is marked as it was written', () => {
  expect(shown('Good morning João, is the CEMENT here?', 'joao cem')).toBe(
    'Good morning [João], is the [CEMENT] here?',
  );
  expect(shown('Ndinokutendai zvikuru', 'ndinokutenda')).toBe('[Ndinokutendai] zvikuru');
  expect(shown('no, nothing', 'no')).toBe('[no], nothing');
});

test('words that belong together are marked together', () => {
  expect(shown('sheets for the roof, roof\nsheets', '"roof sheets"')).toBe(
    'sheets for the roof, [roof sheets]',
  );
});

test('a long text is cut round the first place, between words', () => {
  const text = `${'before '.repeat(100)}cement ${'after '.repeat(100)}`;
  const excerpt = shown(text, 'cement');
  expect(excerpt).toMatch(/^…before .*\[cement\] after .*after…$/);
  expect(excerpt.length).toBeLessThan(200);
});

test('a text in which it is not found as it stands is shown from its beginning', () => {
  expect(shown('plain text', 'nothing')).toBe('plain text');
  expect(shown('', 'nothing')).toBe('');
});

test('no text is cut inside a character, nothing is lost between pieces, and it stays short', () => {
  const hostile = fc.string({ unit: 'binary', maxLength: 600 });
  fc.assert(
    fc.property(hostile, fc.string({ unit: 'binary', maxLength: 20 }), (given, query) => {
      const text = given.toWellFormed();
      const pieces = excerptOf(text, termsOf(query), extent);
      const whole = pieces.map((piece) => piece.text).join('');
      expect(whole.isWellFormed()).toBe(true);
      expect(whole.length).toBeLessThanOrEqual(260);
      const inner = whole.replace(/^…/, '').replace(/…$/, '');
      expect(text.replace(/\s+/g, ' ')).toContain(inner.trim().replace(/\s+/g, ' ').slice(0, 20));
    }),
  );
});
