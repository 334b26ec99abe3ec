import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { createPace, NUMBER_LIMIT, PHONE_APP_LIMIT } from './pace.ts';

const SECOND = 1_000;

test.each([
  [80, NUMBER_LIMIT],
  [20, PHONE_APP_LIMIT],
])('a number sends %i at once, and the next a second after the first answer', (most, limit) => {
  const pace = createPace(limit);
  for (let recipient = 0; recipient < most; recipient++) {
    expect(pace.allowance(0)).toBe(most - recipient);
    pace.start(recipient, 0);
  }
  expect(pace.allowance(SECOND)).toBe(0);

  pace.finish(200);
  expect(pace.allowance(SECOND)).toBe(0);
  expect(pace.readyAt(SECOND)).toBe(SECOND + 200);
  expect(pace.allowance(SECOND + 200)).toBe(1);
});

test('a number that turns out to be on a phone, too, waits until few enough were sent', () => {
  const pace = createPace();
  for (let recipient = 0; recipient < 30; recipient++) {
    pace.start(recipient, 0);
    pace.finish(recipient * 10);
  }
  pace.limitTo(PHONE_APP_LIMIT);
  expect(pace.allowance(SECOND)).toBeLessThan(1);
  expect(pace.readyAt(SECOND)).toBeGreaterThan(SECOND);
  expect(pace.allowance(SECOND + 100)).toBe(1);
});

test('however slow the answers are, no second of Meta’s holds more than eighty', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 300, maxLength: 300 }), (delays) => {
      const pace = createPace();
      const counted: number[] = [];
      const answers: number[] = [];
      for (let now = 0; counted.length < delays.length; now += 5) {
        answers.sort((a, b) => a - b);
        while ((answers[0] ?? Number.POSITIVE_INFINITY) <= now) {
          pace.finish(answers.shift() ?? now);
        }
        while (pace.allowance(now) > 0 && counted.length < delays.length) {
          const delay = delays[counted.length] ?? 0;
          pace.start(counted.length, now);
          // Meta may count it at any moment until its answer: the last one is the worst.
          counted.push(now + delay);
          answers.push(now + delay);
        }
      }
      const busiest = counted.map((from) => counted.filter((at) => at >= from && at < from + SECOND).length);
      return Math.max(...busiest) <= 80;
    }),
    { numRuns: 20 },
  );
});

test('one recipient gets forty-five at once, and then one every six seconds', () => {
  const pace = createPace();
  for (let sent = 0; sent < 45; sent++) {
    expect(pace.recipientReadyAt(7, 0)).toBeLessThanOrEqual(0);
    pace.start(7, 0);
  }

  expect(pace.recipientReadyAt(7, 0)).toBe(6 * SECOND);
  expect(pace.recipientReadyAt(8, 0)).toBeLessThanOrEqual(0);
  pace.start(7, 6 * SECOND);
  expect(pace.recipientReadyAt(7, 6 * SECOND)).toBe(12 * SECOND);
});

test('a recipient who was left alone for a while may have a whole burst again', () => {
  const pace = createPace();
  for (let sent = 0; sent < 45; sent++) {
    pace.start(7, 0);
  }
  const later = 45 * 6 * SECOND;

  for (let sent = 0; sent < 45; sent++) {
    expect(pace.recipientReadyAt(7, later)).toBeLessThanOrEqual(later);
    pace.start(7, later);
  }
  expect(pace.recipientReadyAt(7, later)).toBe(later + 6 * SECOND);
});
