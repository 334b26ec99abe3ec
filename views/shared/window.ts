/** How much of the 24 hours is left: the four looks of the ring. */
export type WindowStage = 'open' | 'soon' | 'last' | 'closed';

const hour = 3_600_000;

/** `expiresAt` in ms, or null when the customer has never written. */
export function windowStage(expiresAt: number | null, now: number): WindowStage {
  const left = (expiresAt ?? 0) - now;
  if (left <= 0) {
    return 'closed';
  }
  return left < hour ? 'last' : left < 4 * hour ? 'soon' : 'open';
}

/** Hours left, 0 to 24, to a hundredth. */
export function hoursLeft(expiresAt: number | null, now: number): number {
  const left = ((expiresAt ?? 0) - now) / hour;
  return Math.round(Math.min(24, Math.max(0, left)) * 100) / 100;
}

/** What is gone opens clockwise from twelve, what is left ends at twelve: 24 units round, one an hour. */
export function ringDashes(left: number): string {
  const round = (value: number) => Math.round(value * 100) / 100;
  return `0 ${round(24 - left)} ${round(left)} 0`;
}

/** Whole minutes left, rounded down, at least 1 while open. */
export const minutesLeft = (expiresAt: number, now: number) =>
  Math.max(1, Math.floor((expiresAt - now) / 60_000));
