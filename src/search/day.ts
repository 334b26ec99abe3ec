/** When a calendar day begins in a time zone, in milliseconds; null for what is no `2026-11-23`. */
export function dayStart(date: string, timeZone: string): number | null {
  const midnight = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) {
    return null;
  }
  // The offset at a moment near it may be another one than at the day's beginning.
  const near = midnight - offsetAt(midnight, timeZone);
  return midnight - offsetAt(near, timeZone);
}

const DAY_MS = 24 * 60 * 60_000;

/** The calendar day after this one. */
export const dayAfter = (date: string): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** `2026-11-23 00:00:00`; years before 1000 are written without their zeros, as while somebody types one. */
const MOMENT_LENGTH = 19;

/** How far the zone's clocks are ahead of UTC then. */
function offsetAt(at: number, timeZone: string): number {
  const shown = new Date(at).toLocaleString('sv-SE', { timeZone }).padStart(MOMENT_LENGTH, '0');
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}
