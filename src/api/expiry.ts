import { Invalid } from '#src/errors.ts';
import { dayAfter, dayStart } from '#src/search/day.ts';

const DAY_MS = 24 * 60 * 60_000;
const MOST_DAYS = 3_650;

/** What the form offers: how many days a key lasts, never ending, or the last day it is good for. */
export const expiries = ['never', '30', '90', '365', 'date'] as const;
export type Expiry = (typeof expiries)[number];

export function isExpiry(text: string): text is Expiry {
  return expiries.some((known) => known === text);
}

/** When a key ends that is good for so many days. Throws `Invalid({ expires })`. */
export function expiryIn(days: number, now: number): number {
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw new Invalid({ expires: `Give a whole number of days from 1 to ${MOST_DAYS}.` });
  }
  return now + days * DAY_MS;
}

/**
 * When a key ends by what was chosen in the form; null: never. `date` is the last day it is good for, on the account's
 * calendar. Throws `Invalid({ date })`.
 */
export function readExpiry(
  { expiry, date }: { expiry: Expiry; date: string },
  timeZone: string,
  now: number,
): number | null {
  if (expiry === 'never') {
    return null;
  } else if (expiry !== 'date') {
    return expiryIn(Number(expiry), now);
  }
  const begins = dayStart(date, timeZone);
  const ends = begins === null ? null : dayStart(dayAfter(date), timeZone);
  if (ends === null || ends <= now || ends > now + (MOST_DAYS + 1) * DAY_MS) {
    throw new Invalid({
      date: 'Choose a day from today on, within ten years: the last one the key is good for.',
    });
  }
  return ends;
}
