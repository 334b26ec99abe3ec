import { asFields, asList, asNumber } from './shape.ts';

const MINUTE_MS = 60_000;
/** However long Meta says: then it is asked again, and a value that is none holds nobody up for ever. */
const LONGEST_MS = 60 * MINUTE_MS;
/** Where Meta says only that the limit is reached, and not for how long. */
const UNTOLD_MS = MINUTE_MS;
const FULL_PERCENT = 100;
const SHARES = ['call_count', 'total_cputime', 'total_time'];

/**
 * How long Meta wants silence by its headers about use, ms; null when it wants none. `X-Business-Use-Case-Usage` lists by
 * business what is used, in percent, and in how many minutes it regains access; `X-App-Usage` only what is used.
 */
export function restOf(headers: Headers): number | null {
  const ofBusinesses = Object.values(read(headers.get('x-business-use-case-usage'))).flatMap(asList);
  const uses = [...ofBusinesses, read(headers.get('x-app-usage'))].map(asFields);
  const rests = uses.flatMap((use) => {
    const minutes = asNumber(use?.estimated_time_to_regain_access) ?? 0;
    const isFull = SHARES.some((share) => (asNumber(use?.[share]) ?? 0) >= FULL_PERCENT);
    return minutes > 0 ? [minutes * MINUTE_MS] : isFull ? [UNTOLD_MS] : [];
  });
  return rests.length === 0 ? null : Math.min(LONGEST_MS, Math.max(...rests));
}

function read(header: string | null): Readonly<Record<string, unknown>> {
  try {
    return asFields(JSON.parse(header ?? '{}')) ?? {};
  } catch {
    return {};
  }
}
