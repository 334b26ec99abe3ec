import { expect, test } from 'bun:test';
import { hoursLeft, minutesLeft, ringDashes, windowStage } from './window.ts';

const hour = 3_600_000;

test('the ring is open, soon, last or closed at 4 h, 1 h and 0', () => {
  expect(windowStage(4 * hour, 0)).toBe('open');
  expect(windowStage(4 * hour - 1, 0)).toBe('soon');
  expect(windowStage(hour, 0)).toBe('soon');
  expect(windowStage(hour - 1, 0)).toBe('last');
  expect(windowStage(1, 0)).toBe('last');
  expect(windowStage(0, 0)).toBe('closed');
  expect(windowStage(null, 0)).toBe('closed');
});

test('what is gone and what is left make 24 hours, and the gone part comes first', () => {
  expect(ringDashes(18)).toBe('0 6 18 0');
  expect(ringDashes(0.47)).toBe('0 23.53 0.47 0');
  for (const left of [0, 0.01, 3.27, 11.99, 24]) {
    const [start, gone, rest, end] = ringDashes(left).split(' ').map(Number);
    expect((gone ?? 0) + (rest ?? 0)).toBeCloseTo(24, 5);
    expect([start, rest, end]).toEqual([0, left, 0]);
  }
});

test('hours left stay between nothing and a day', () => {
  expect(hoursLeft(3 * hour, 0)).toBe(3);
  expect(hoursLeft(30 * hour, 0)).toBe(24);
  expect(hoursLeft(-hour, 0)).toBe(0);
  expect(hoursLeft(null, 0)).toBe(0);
});

test('an open window has at least a minute', () => {
  expect(minutesLeft(1, 0)).toBe(1);
  expect(minutesLeft(hour + 59_999, 0)).toBe(60);
});
