import { expect, test } from 'bun:test';
import type { SendOutcome } from '#src/whatsapp/client.ts';
import { ERROR_RULES } from '#src/whatsapp/error-table.ts';
import { classOf, scopeOf } from '#src/whatsapp/errors.ts';
import { decide, type Facts, failure } from './outcome.ts';
import { backOff } from './outcome-backoff.ts';

const facts = (changes: Partial<Facts> = {}): Facts => ({
  now: 1_000_000,
  refusals: 0,
  random: () => 1,
  ...changes,
});

const refused = (code: number, retryAfterMs: number | null = null): SendOutcome => ({
  kind: 'refused',
  error: { code, subcode: null, title: '', detail: '', isTransient: false },
  class: classOf(code),
  scope: scopeOf(code),
  retryAfterMs,
});

test('what Meta took is accepted, and what nobody knows is unknown', () => {
  expect(decide({ kind: 'accepted', wamid: 'w', waId: null, bsuid: null }, facts())).toEqual({
    to: 'accepted',
    wamid: 'w',
  });
  expect(decide({ kind: 'unknown', why: 'no answer' }, facts())).toEqual({ to: 'unknown' });
});

test('what never left is queued again almost at once', () => {
  const verdict = decide({ kind: 'not-sent', why: 'refused connection' }, facts());
  expect(verdict).toMatchObject({ to: 'queued', hold: null, pause: null });
});

test('a refusal that passes waits longer each time, and is told in the end', () => {
  const waits = Array.from({ length: 12 }, (_, refusals) => {
    const verdict = decide(refused(131016), facts({ refusals }));
    return verdict.to === 'queued' ? (verdict.notBefore - 1_000_000) / 1_000 : null;
  });

  expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]);
  expect(decide(refused(131016), facts({ refusals: 12 }))).toMatchObject({
    to: 'failed',
    error: { code: 131016 },
  });
});

test.each([131000, 1])('code %p is repeated once', (code) => {
  expect(decide(refused(code), facts())).toMatchObject({ to: 'queued' });
  expect(decide(refused(code), facts({ refusals: 1 }))).toMatchObject({ to: 'failed', error: { code } });
});

test('the pair limit holds back one recipient, four times as long each time, and never fails by itself', () => {
  const wait = (refusals: number) => {
    const verdict = decide(refused(131056), facts({ refusals }));
    return verdict.to === 'queued' && verdict.hold === null ? (verdict.notBefore - 1_000_000) / 1_000 : null;
  };

  expect([0, 1, 2, 20].map(wait)).toEqual([8, 32, 128, 3_600]);
});

test('limits of a number and of an account hold back as much', () => {
  expect(decide(refused(131048, 3_600_000), facts())).toMatchObject({
    to: 'queued',
    notBefore: 4_600_000,
    hold: 'number',
  });
  expect(decide(refused(80007), facts())).toMatchObject({
    to: 'queued',
    notBefore: 1_060_000,
    hold: 'account',
  });
});

test.each([
  [0, 60],
  [90_000, 90],
  [999_999_000, 3_600],
])('what Meta asks to wait (%i ms) lengthens the wait, and no further than an hour', (asked, seconds) => {
  const notBefore = 1_000_000 + seconds * 1_000;
  expect(decide(refused(80007, asked), facts())).toMatchObject({ to: 'queued', notBefore, hold: 'account' });
});

test.each([0, 190, 10, 200, 299, 131005])('code %p pauses the number for its token', (code) => {
  expect(decide(refused(code), facts())).toMatchObject({
    to: 'queued',
    pause: { scope: 'number', reason: 'token' },
  });
});

test('what else an admin has to settle pauses as far as it reaches', () => {
  expect(decide(refused(131045), facts())).toMatchObject({ pause: { scope: 'number', reason: '131045' } });
  expect(decide(refused(131042), facts())).toMatchObject({ pause: { scope: 'account', reason: '131042' } });
});

test.each([100, 131026, 131047, 999_999])('code %p is final, with words', (code) => {
  const verdict = decide(refused(code), facts());
  expect(verdict).toMatchObject({ to: 'failed', error: { code } });
  expect(verdict.to === 'failed' && verdict.error.title.length > 0 && verdict.error.detail.length > 0).toBe(
    true,
  );
});

test('a wait is at least half of what it grew to', () => {
  const wait = { first: 1_000, factor: 2, longest: 60_000 };
  expect(backOff(wait, 3, () => 0)).toBe(4_000);
  expect(backOff(wait, 3, () => 1)).toBe(8_000);
  expect(backOff(wait, 30, () => 1)).toBe(60_000);
});

test('of a message that has failed nothing says that it waits or goes out by itself', () => {
  for (const code of ERROR_RULES.keys()) {
    const { detail } = failure(code);
    expect([code, detail]).not.toEqual([code, expect.stringMatching(/waits|by itself|until then/)]);
    expect(detail).toMatch(/^[A-Z].+\.$/);
  }
});
