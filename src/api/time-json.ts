/** ISO 8601, UTC. */
export function timeJson(at: number): string;
export function timeJson(at: number | null): string | null;
export function timeJson(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
