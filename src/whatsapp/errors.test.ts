import { describe, expect, test } from 'bun:test';
import { ERROR_RULES } from './error-table.ts';
import { OTHER_WORDS } from './error-words.ts';
import { classOf, inPlainWords, scopeOf, waitOf } from './errors.ts';

describe('what an error asks for', () => {
  test.each([
    [0, 'A'],
    [190, 'A'],
    [1, 'R1'],
    [131000, 'R1'],
    [2, 'R'],
    [131016, 'R'],
    [130429, 'R'],
    [4, 'R*'],
    [80007, 'R*'],
    [131048, 'R*'],
    [131056, 'R*'],
    [100, 'F'],
    [131009, 'F'],
    [131047, 'T'],
    [131026, 'U'],
    [131049, 'U'],
    [131042, 'A'],
    [200, 'A'],
    [299, 'A'],
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
