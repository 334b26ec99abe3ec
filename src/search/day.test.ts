import { expect, test } from 'bun:test';
import { dayAfter, dayStart } from './day.ts';

const iso = (date: string, timeZone: string) => {
  const at = dayStart(date, timeZone);
  return at === null ? null : new Date(at).toISOString();
};

test('a day begins at its midnight there, also where the clocks are changed', () => {
  expect(iso('2026-11-23', 'UTC')).toBe('2026-11-23T00:00:00.000Z');
  expect(iso('2026-11-23', 'Africa/Harare')).toBe('2026-11-22T22:00:00.000Z');
  expect(iso('2026-11-23', 'America/Sao_Paulo')).toBe('2026-11-23T03:00:00.000Z');
  expect(iso('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
  expect(iso('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z');
  expect(iso('2026-10-26', 'Europe/Berlin')).toBe('2026-10-25T23:00:00.000Z');
  expect(iso('1969-07-20', 'UTC')).toBe('1969-07-20T00:00:00.000Z');
  expect(iso('0202-11-23', 'UTC')).toBe('0202-11-23T00:00:00.000Z');
});

test('what is no day has no beginning', () => {
  for (const date of ['', 'today', '2026-13-01', '2026-02-30', '26-1-1', '2026-11-23T00:00']) {
    expect(dayStart(date, 'UTC'), date).toBeNull();
  }
});

test('the day after the last of a month is the first', () => {
  expect(dayAfter('2026-02-28')).toBe('2026-03-01');
  expect(dayAfter('2026-12-31')).toBe('2027-01-01');
});
