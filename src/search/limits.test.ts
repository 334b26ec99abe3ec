import { expect, test } from 'bun:test';
import { createSearchLimits } from './limits.ts';

const found = async () => 'found';

test('a person may search in bursts, then waits a little, and another person does not', async () => {
  const clock = { now: 0 };
  const limits = createSearchLimits({ now: () => clock.now, perSecond: 4 });
  for (let count = 0; count < 20; count += 1) {
    expect(await limits.run('person:1', found)).toBe('found');
  }
  expect(await limits.run('person:1', found)).toEqual({ waitMs: 250 });
  expect(await limits.run('person:2', found)).toBe('found');
  clock.now += 250;
  expect(await limits.run('person:1', found)).toBe('found');
});

test('nobody has more than four searches under way, also not after one that failed', async () => {
  const limits = createSearchLimits({ now: () => 0, perSecond: null });
  const ended = Promise.withResolvers<string>();
  const four = [1, 2, 3, 4].map(() => limits.run('key:1', () => ended.promise));
  expect(await limits.run('key:1', found)).toEqual({ waitMs: 1_000 });
  ended.resolve('found');
  expect(await Promise.all(four)).toEqual(['found', 'found', 'found', 'found']);
  const failed = limits.run('key:1', () => Promise.reject(new Error('broken')));
  expect(await failed.catch(String)).toBe('Error: broken');
  expect(await limits.run('key:1', found)).toBe('found');
});
