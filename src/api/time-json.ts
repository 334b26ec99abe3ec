/** ISO 8601, UTC. Null also for what is no moment: one such number must not cost the list that it stands in. */
export function timeJson(at: number | null): string | null {
  const date = new Date(at ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
