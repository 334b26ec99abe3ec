import { expect, test } from 'bun:test';
import { isWindowOpen, WINDOW_MS, windowAfterInbound } from './window.ts';

test('the window is 24 hours after the newest inbound message and never moves back', () => {
  const first = windowAfterInbound(null, 1_000);
  expect(first).toBe(1_000 + WINDOW_MS);
  expect(windowAfterInbound(first, 500)).toBe(first);
  expect(windowAfterInbound(first, 2_000)).toBe(2_000 + WINDOW_MS);
});

test('it is open until its last millisecond', () => {
  expect(isWindowOpen({ windowExpiresAt: 10 }, 9)).toBe(true);
  expect(isWindowOpen({ windowExpiresAt: 10 }, 10)).toBe(false);
  expect(isWindowOpen({ windowExpiresAt: null }, 0)).toBe(false);
});
