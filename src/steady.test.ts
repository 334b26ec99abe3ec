import { expect, test } from 'bun:test';
import { steady } from './steady.ts';

test('it follows the clock, loses nothing where that is set back, and goes on', () => {
  const clock = { now: 1_000 };
  const now = steady(() => clock.now);
  expect(now()).toBe(1_000);
  clock.now += 500;
  expect(now()).toBe(1_500);
  clock.now -= 3_600_000;
  expect(now()).toBe(1_500);
  clock.now += 250;
  expect(now()).toBe(1_750);
  clock.now -= 1_000;
  clock.now += 10_000;
  expect(now()).toBe(10_750);
});
