import { beforeEach, expect, test } from 'bun:test';
import { createSignInDelay, type SignInDelay } from './sign-in-delay.ts';

let at = 0;
let delay: SignInDelay;

beforeEach(() => {
  at = 1_000_000_000;
  delay = createSignInDelay(() => at);
});

/** How long a wrong try waits; the clock goes on by it. */
function tryWrongly(email = 'ada@example.com', address = '203.0.113.9'): number | 'refused' {
  const turn = delay.take(email, address);
  if (turn.isRefused) {
    return 'refused';
  }
  at += turn.waitMs;
  return turn.waitMs;
}

test('the waits grow after three free tries, and stop growing at eight seconds', () => {
  expect(Array.from({ length: 9 }, () => tryWrongly())).toEqual([
    0, 0, 0, 1000, 2000, 4000, 8000, 8000, 8000,
  ]);
});

test('somebody guessing elsewhere does not slow the real person down', () => {
  for (let i = 0; i < 50; i += 1) {
    tryWrongly('ada@example.com', '198.51.100.66');
  }
  expect(tryWrongly('ada@example.com', '203.0.113.9')).toBe(0);
});

test('trying many e-mails from one address is slowed too', () => {
  const waits = Array.from({ length: 23 }, (_, i) => tryWrongly(`user${i}@example.com`));
  expect(waits.slice(0, 20)).toEqual(Array(20).fill(0));
  expect(waits.slice(20)).toEqual([1000, 2000, 4000]);
});

test('tries at the same moment wait one behind the other, and too many are sent away', () => {
  const waits = Array.from({ length: 8 }, () => {
    const turn = delay.take('ada@example.com', '203.0.113.9');
    return turn.isRefused ? 'refused' : turn.waitMs;
  });
  expect(waits).toEqual([0, 0, 0, 1000, 3000, 7000, 'refused', 'refused']);
});

test('those sent away do not make the wait any longer: nobody is locked out', () => {
  for (let i = 0; i < 1000; i += 1) {
    delay.take('ada@example.com', '203.0.113.9');
  }
  at += 15_000;
  expect(tryWrongly()).toBe(0);
});

test('a colleague who has to wait holds up nobody else in the office', () => {
  for (let i = 0; i < 6; i += 1) {
    delay.take('ada@example.com', '203.0.113.9');
  }
  const turn = delay.take('bo@example.com', '203.0.113.9');
  expect(turn.isRefused ? 'refused' : turn.waitMs).toBe(0);
});

test('the right password clears what was counted', () => {
  Array.from({ length: 5 }, () => tryWrongly());
  const turn = delay.take('ada@example.com', '203.0.113.9');
  if (!turn.isRefused) {
    at += turn.waitMs;
    turn.succeeded();
  }
  expect([tryWrongly(), tryWrongly(), tryWrongly()]).toEqual([0, 0, 0]);
});

test('after a quarter of an hour of quiet it begins anew', () => {
  Array.from({ length: 6 }, () => tryWrongly());
  at += 15 * 60_000;
  expect([tryWrongly(), tryWrongly(), tryWrongly()]).toEqual([0, 0, 0]);
});

test('a clock that is set back locks nobody out', () => {
  Array.from({ length: 6 }, () => tryWrongly());
  at -= 60 * 60_000;
  expect(tryWrongly()).toBe(0);
});

test('a hundred people signing in rightly from one office are not slowed', () => {
  for (let i = 0; i < 100; i += 1) {
    const turn = delay.take(`person${i}@example.com`, '203.0.113.9');
    expect(turn.isRefused ? 'refused' : turn.waitMs).toBe(0);
    if (!turn.isRefused) {
      turn.succeeded();
    }
  }
});
