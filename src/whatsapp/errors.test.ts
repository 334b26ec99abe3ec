import { describe, expect, test } from 'bun:test';
import { ERROR_RULES } from './error-table.ts';
import { OTHER_WORDS } from './error-words.ts';
import { classOf, type ErrorClass, inPlainWords, scopeOf, waitOf } from './errors.ts';

/** The specification's table: every code Meta documents, by what it asks for. */
const DOCUMENTED: Record<ErrorClass, number[]> = {
  A: [
    0, 3, 10, 33, 190, 200, 250, 299, 368, 131005, 131030, 131031, 131037, 131042, 131045, 131063, 133000,
    133005, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 134102, 2593107, 2593108,
  ],
  R1: [1, 131000],
  R: [2, 130429, 131016, 131057, 133004],
  'R*': [4, 17, 613, 80007, 131048, 131056, 131064, 132069, 134101],
  T: [131047],
  U: [130403, 130472, 130497, 131026, 131049, 131050, 137000],
  F: [
    100, 131008, 131009, 131021, 131051, 131052, 131053, 131055, 131062, 132000, 132001, 132005, 132007,
    132012, 132015, 132016, 132018, 132068, 134100, 135000, 138000, 138001, 138013, 139100, 147001, 147002,
    147003, 147004, 147005,
  ],
};
const documented = (Object.entries(DOCUMENTED) as [ErrorClass, number[]][]).flatMap(([of, codes]) =>
  codes.map((code) => [code, of] as const),
);

describe('every error that Meta documents', () => {
  test.each(documented)('%d is of class %s and has words of its own', (code, expected) => {
    expect(classOf(code)).toBe(expected);
    expect(inPlainWords(code)).not.toBe(OTHER_WORDS);
  });

  test('and none that it does not', () => {
    const known = new Set<number>(documented.map(([code]) => code));
    expect([...ERROR_RULES.keys()].filter((code) => !known.has(code))).toEqual([]);
  });
});

describe('what an error asks for', () => {
  test.each([
    [300, 'F'],
    [199, 'F'],
    [424242, 'F'],
  ] as const)('%d is of class %s', (code, expected) => {
    expect(classOf(code)).toBe(expected);
  });

  test('an object that is missing is for an admin, another wrong parameter is not', () => {
    expect(classOf(100, { subcode: 33 })).toBe('A');
    expect(classOf(100, { subcode: 34 })).toBe('F');
  });

  test('an unknown code rests on 429 and is tried again when Meta says that it passes', () => {
    expect(classOf(424242, { httpStatus: 429 })).toBe('R*');
    expect(classOf(424242, { isTransient: true })).toBe('R');
    expect(classOf(131047, { httpStatus: 429, isTransient: true })).toBe('T');
  });

  test('a rest is of the customer, the number or the account', () => {
    expect([131056, 131048, 80007, 132000].map((code) => scopeOf(code))).toEqual([
      'recipient',
      'number',
      'account',
      null,
    ]);
    expect([131048, 131056].map(waitOf)).toEqual([3_600_000, null]);
    for (const [code, rule] of ERROR_RULES) {
      if (rule.class === 'R*') {
        expect([code, rule.scope]).toEqual([code, expect.any(String)]);
      }
    }
  });
});

describe('an error in plain words', () => {
  test('every code of the table has its own', () => {
    for (const code of ERROR_RULES.keys()) {
      expect([code, inPlainWords(code)]).not.toEqual([code, OTHER_WORDS]);
    }
  });

  test('says what happened and what to do next, in whole sentences without jargon', () => {
    for (const code of [...ERROR_RULES.keys(), 250, 424242]) {
      const { title, whatToDo } = inPlainWords(code);
      expect(`${title}|${whatToDo}`).toMatch(/^[A-Z][^|]+\.\|[A-Z][^|]+\.$/);
      expect(`${title} ${whatToDo}`).not.toMatch(/OAuth|HTTP|\bAPI\b|parameter|webhook|\d{5}/i);
    }
  });
});
