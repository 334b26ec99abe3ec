import { expect, test } from 'bun:test';
import { type FetchFacts, type FetchOutcome, judge } from './fetch-verdict.ts';
import {
  blocked,
  GONE,
  MISSING,
  NO_SPACE,
  NO_TOKEN,
  OTHER_FILE,
  TIMED_OUT,
  TOO_LARGE,
} from './fetch-words.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const facts = (given: Partial<FetchFacts> = {}): FetchFacts => ({
  now: 1_000_000,
  tries: 1,
  until: 1_000_000 + 7 * DAY,
  random: () => 1,
  ...given,
});
const unreachable: FetchOutcome = { kind: 'unreachable', why: 'no answer in time', retryAfterMs: null };
const turnedDown = (is: 'A' | 'F' | 'R' | 'R*', code: number, retryAfterMs: number | null = null) =>
  ({ kind: 'turned-down', refusal: { class: is, error: { code }, retryAfterMs } }) as const;

/** The waits, in seconds, of a file that never comes. */
function waits(outcome: FetchOutcome): { seconds: number[]; end: unknown } {
  const begun = 0;
  const seconds: number[] = [];
  for (let now = begun, tries = 1; ; ) {
    const verdict = judge(outcome, facts({ now, tries, until: begun + 7 * DAY }));
    if (verdict.to !== 'waiting') {
      return { seconds, end: verdict };
    }
    seconds.push((verdict.nextAt - now) / 1000);
    now = verdict.nextAt;
    tries = verdict.tries + 1;
  }
}

test('the waits grow to six hours, and after seven days it is over, with a sentence', () => {
  const { seconds, end } = waits(unreachable);
  expect(seconds.slice(0, 10)).toEqual([5, 15, 45, 135, 405, 1215, 3645, 10_935, 21_600, 21_600]);
  expect(seconds.reduce((all, one) => all + one)).toBe(7 * 24 * 60 * 60);
  expect(end).toEqual({ to: 'failed', error: TIMED_OUT });
});

test('Meta’s own wait is kept, as far as it makes sense', () => {
  const later = (retryAfterMs: number) => judge({ ...unreachable, retryAfterMs }, facts());
  expect(later(90_000)).toMatchObject({ to: 'waiting', nextAt: 1_090_000 });
  expect(later(30 * DAY)).toMatchObject({ nextAt: 1_000_000 + 6 * HOUR });
  expect(judge(turnedDown('R*', 80007, 60_000), facts())).toMatchObject({ nextAt: 1_060_000, tries: 1 });
  expect(waits({ ...unreachable, retryAfterMs: 0 })).toEqual(waits(unreachable));
});

test('another file than the announced one is asked for a few times and then refused', () => {
  const { seconds, end } = waits({ kind: 'other-file' });
  expect(seconds).toEqual([5, 15, 45, 135, 405]);
  expect(end).toEqual({ to: 'refused', error: OTHER_FILE });
});

test.each([
  [turnedDown('A', 190), NO_TOKEN],
  [turnedDown('A', 131031), blocked(131031)],
  [{ kind: 'no-token' }, NO_TOKEN],
  [{ kind: 'no-space' }, NO_SPACE],
] as const)('what an admin or the operator has to mend spends no try, and says so: %j', (outcome, error) => {
  const nextAt = 1_000_000 + HOUR / 6;
  expect(judge(outcome, facts({ tries: 4 }))).toEqual({ to: 'waiting', tries: 3, nextAt, error });
  expect(judge(outcome, facts({ until: 1_000_000 }))).toEqual({ to: 'failed', error: TIMED_OUT });
});

test('what Meta may only not show to this token spends no try, and is gone at the end of Meta’s time', () => {
  const nextAt = 1_000_000 + HOUR / 6;
  const missing: FetchOutcome = { kind: 'missing' };
  expect(judge(missing, facts({ tries: 4 }))).toEqual({ to: 'waiting', tries: 3, nextAt, error: MISSING });
  expect(judge(missing, facts({ until: 1_000_000 }))).toEqual({ to: 'failed', error: GONE });
});

test('what Meta does not have, or turns down for good, is over at once', () => {
  expect(judge({ kind: 'gone' }, facts())).toEqual({ to: 'failed', error: GONE });
  expect(judge({ kind: 'too-large' }, facts())).toEqual({ to: 'refused', error: TOO_LARGE });
  expect(judge(turnedDown('F', 131052), facts())).toMatchObject({
    to: 'failed',
    error: { code: 131052, detail: expect.stringContaining('131052') },
  });
});

test('a try that was cut off does not count, whenever it was', () => {
  expect(judge({ kind: 'cut-off' }, facts({ tries: 3, until: 0 }))).toEqual({
    to: 'waiting',
    nextAt: 1_000_000,
    tries: 2,
    error: null,
  });
});
