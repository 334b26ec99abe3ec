/** A day and a time as forms write them (`2026-11-30T18:00`), on a zone's clocks, in milliseconds; null for anything else. */
export function readLocalMoment(text: string, timeZone: string): number | null {
  const isOne = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text);
  const asUtc = isOne ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(asUtc)) {
    return null;
  }
  // The offset may change between there and here: the second look is at the right side of the change.
  const near = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(near, timeZone);
}

/** How far the zone's clocks are ahead of UTC then. */
function offsetAt(at: number, timeZone: string): number {
  const shown = new Date(at).toLocaleString('sv-SE', { timeZone });
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}
