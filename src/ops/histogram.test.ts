import { expect, test } from 'bun:test';
import { createHistogram, cumulate, observe } from './histogram.ts';

test('each value counts at every bound it does not exceed, and beyond all of them', () => {
  const histogram = createHistogram([1, 5]);
  for (const value of [0, 1, 1.5, 5, 6, 600]) {
    observe(histogram, value);
  }
  expect(cumulate(histogram)).toEqual({
    upTo: [
      { bound: 1, count: 2 },
      { bound: 5, count: 4 },
    ],
    count: 6,
    sum: 613.5,
  });
});
