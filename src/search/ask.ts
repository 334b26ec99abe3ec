import type { Reader } from '#src/db/reader/reader.ts';
import { Busy, Late } from '#src/errors.ts';
import type { Found, Wanted } from './found.ts';

/** A search gives up by itself long before; what a single statement of it can still take is waited for so long. */
const LONGEST_MS = 2_000;

/** Searches in the reading thread. `late`: it took too long; `busy`: it was not begun, and may be asked again. */
export async function ask(
  reader: Pick<Reader, 'read'>,
  accountId: number,
  wanted: Wanted,
): Promise<Found | 'late' | 'busy'> {
  try {
    return await reader.read(accountId, 'search', wanted, LONGEST_MS);
  } catch (error) {
    if (error instanceof Late) {
      return 'late';
    } else if (error instanceof Busy) {
      return 'busy';
    }
    throw error;
  }
}
