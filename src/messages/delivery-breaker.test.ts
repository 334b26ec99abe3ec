import { expect, test } from 'bun:test';
import { type Breaker, createBreaker } from './delivery-breaker.ts';

const full = () => 1;

function failThrice(breaker: Breaker): void {
  for (let failed = 0; failed < 3; failed++) {
    breaker.note(false, 0);
  }
}

test('two failures change nothing, the third stops the number for a moment', () => {
  const breaker = createBreaker(full);
  breaker.note(false, 0);
  breaker.note(false, 0);
  expect(breaker.allowance(0, 0)).toBe(Number.POSITIVE_INFINITY);

  breaker.note(false, 0);
  expect(breaker.allowance(1_999, 0)).toBe(0);
  expect(breaker.readyAt()).toBe(2_000);
});

test('after the wait one message tries the way, and only one', () => {
  const breaker = createBreaker(full);
  failThrice(breaker);

  expect(breaker.allowance(2_000, 0)).toBe(1);
  expect(breaker.allowance(2_000, 1)).toBe(0);
});

test('the waits grow to a minute and no further', () => {
  const breaker = createBreaker(full);
  breaker.note(false, 0);
  breaker.note(false, 0);
  let now = 0;
  const waits: number[] = [];
  for (let round = 0; round < 8; round++) {
    breaker.note(false, now);
    waits.push(breaker.readyAt() - now);
    now = breaker.readyAt();
  }

  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test('messages that fail together cost one wait', () => {
  const breaker = createBreaker(full);
  for (let failed = 0; failed < 30; failed++) {
    breaker.note(false, 0);
  }

  expect(breaker.readyAt()).toBe(2_000);
});

test('one answer from Meta ends it', () => {
  const breaker = createBreaker(full);
  failThrice(breaker);
  breaker.note(true, 2_000);

  expect(breaker.allowance(2_000, 5)).toBe(Number.POSITIVE_INFINITY);
  breaker.note(false, 2_001);
  expect(breaker.allowance(2_001, 0)).toBe(Number.POSITIVE_INFINITY);
});
