import { and, asc, gt, isNotNull } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { files } from '#src/db/schema/inbox/index.ts';
import type { Store } from './store.ts';

const DAY_MS = 24 * 60 * 60_000;
const ROWS_AT_ONCE = 1_000;

/**
 * Removes what a crash left: files that no row names, and half-written ones. A file is there before its row, so only
 * what is older than a day is taken for an orphan.
 */
export async function sweep(store: Store, inbox: Inbox, now: number, signal?: AbortSignal): Promise<number> {
  const named = await namedFingerprints(inbox);
  let removed = 0;
  for await (const path of store.list(inbox.accountId)) {
    if (signal?.aborted) {
      break;
    }
    const isHalfWritten = path.includes('.');
    if (isHalfWritten || !named.has(fingerprint(path))) {
      const changedAt = await store.changedAt(inbox.accountId, path);
      if (changedAt !== null && changedAt < now - DAY_MS) {
        await store.remove(inbox.accountId, path);
        removed += 1;
      }
    }
  }
  return removed;
}

async function namedFingerprints({ sql }: Inbox): Promise<Set<number>> {
  const found = new Set<number>();
  for (let after = 0, isMore = true; isMore; ) {
    const rows = await sql
      .select({ id: files.id, path: files.path })
      .from(files)
      .where(and(gt(files.id, after), isNotNull(files.path)))
      .orderBy(asc(files.id))
      .limit(ROWS_AT_ONCE);
    for (const { path } of rows) {
      found.add(fingerprint(path ?? ''));
    }
    after = rows.at(-1)?.id ?? after;
    isMore = rows.length === ROWS_AT_ONCE;
    // Awaiting a database never lets the event loop turn by itself.
    await new Promise((resume) => setImmediate(resume));
  }
  return found;
}

/** 52 of a random path's bits as a number: a tenth of the memory. Were two ever the same, a file would stay, not go. */
function fingerprint(path: string): number {
  return Number.parseInt(path.replace('/', '').slice(0, 13), 16);
}
