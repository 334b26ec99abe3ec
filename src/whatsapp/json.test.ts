import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { parseLossless } from './json.ts';

describe('parsing JSON from outside', () => {
  test('keeps ids of 17 digits, which a plain parse rounds', () => {
    expect(parseLossless('{"id":12345678901234567,"ids":[-98765432109876543]}')).toEqual({
      id: '12345678901234567',
      ids: ['-98765432109876543'],
    });
  });

  test('leaves numbers alone that come back as they were', () => {
    expect(parseLossless('[0, 1739321024, -33.86, 9007199254740991]')).toEqual([
      0, 1739321024, -33.86, 9007199254740991,
    ]);
  });

  test('keeps the text of numbers that would be written otherwise', () => {
    expect(parseLossless('[1.50, 1e3, -0, 1E400, 0.1e-400]')).toEqual([
      '1.50',
      '1e3',
      '-0',
      '1E400',
      '0.1e-400',
    ]);
  });

  test.each([
    '{"__proto__":{"admin":true}}',
    '{"\\u005f_proto__":{"admin":true}}',
    '{"a":[{"__proto__":1}]}',
  ])('drops a prototype: %s', (text) => {
    expect(JSON.stringify(parseLossless(text))).not.toContain('proto');
    expect(Object.hasOwn(parseLossless(text) as object, '__proto__')).toBe(false);
  });

  test.each(['', '{', '{"a":01}', 'undefined', `${'['.repeat(50_000)}1e1${']'.repeat(50_000)}`])(
    'throws a SyntaxError and nothing else',
    (text) => {
      expect(() => parseLossless(text)).toThrow(SyntaxError);
    },
  );

  test('gives back every value that JSON can hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('__proto__') && !/\de/i.test(text));
        expect(JSON.stringify(parseLossless(text))).toBe(text);
      }),
    );
  });

  test('gives back every integer, as a number or as its text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), (integer) => {
        expect(parseLossless(`{"a":{"b":[ ${integer}]}}`)).toEqual({
          a: {
            b: [
              BigInt(Number(integer)) === integer && String(Number(integer)) === String(integer)
                ? Number(integer)
                : String(integer),
            ],
          },
        });
      }),
    );
  });
});
