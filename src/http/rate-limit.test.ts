import { expect, test } from 'bun:test';
import { createRateLimit } from './rate-limit.ts';
import { createRecent } from './recent.ts';

test('a burst is allowed, then one at a time as tokens come back', () => {
  let at = 0;
  const limit = createRateLimit({ perSecond: 2, burst: 3, now: () => at });
  expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 0]);
  expect(limit.take('a')).toBe(500);
  expect(limit.take('b')).toBe(0);
  at = 499;
  expect(limit.take('a')).toBe(1);
  at = 500;
  expect(limit.take('a')).toBe(0);
  expect(limit.take('a')).toBe(500);
});

test('a clock set back gives nothing away and takes nothing', () => {
  let at = 10_000;
  const limit = createRateLimit({ perSecond: 1, burst: 1, now: () => at });
  expect(limit.take('a')).toBe(0);
  at = 0;
  expect(limit.take('a')).toBe(1000);
  at = 1000;
  expect(limit.take('a')).toBe(0);
});

test('only the keys used last are remembered', () => {
  const recent = createRecent<number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  recent.set('a', 3);
  recent.set('c', 4);
  expect(recent.size).toBe(2);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([3, undefined, 4]);
});
