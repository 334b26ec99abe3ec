import { expect, test } from 'bun:test';
import { createStoryClock } from './clock.ts';

test('the clock stands where it is put, never goes back, and then runs on', () => {
  const clock = createStoryClock(1000);
  expect(clock.now()).toBe(1000);
  clock.standAt(2000);
  expect(clock.now()).toBe(2000);
  clock.standAt(1000);
  expect(clock.now()).toBe(2000);
  clock.runOn();
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
});
