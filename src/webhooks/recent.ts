import type { Inbox } from '#src/db/inbox.ts';
import { countWithin } from './within-bytes.ts';

/**
 * The changes that were journalled last, by their digests. Meta repeats what it got no answer for within minutes, and
 * what comes again later is recognised by its messages' ids: an index over all digests would be the one thing of a
 * journal that is written all over the disk.
 */
export type Recent = {
  has(digest: string): boolean;
  add(digest: string, journalId: number): void;
};

/**
 * In each of two maps: the older one goes as a whole, since a map that loses single entries is made anew all the time.
 * Every open account has them, and a map takes four times the place beyond 4,096 and beyond 16,384 entries: 0.2 MB, 0.6 MB
 * and 2.7 MB (JavaScriptCore, measured).
 */
const HALF = 4_000;
/** After a start only those count whose answer the end of the process may have cut off: so many, of 2 MB together. */
const MOST_AT_START = 2_000;

export function openRecent({ rows }: Pick<Inbox, 'rows'>): Recent {
  let newer = new Map<number, number>();
  let older = newer;

  function add(digest: string, journalId: number): void {
    if (newer.size >= HALF) {
      older = newer;
      newer = new Map();
    }
    newer.set(short(digest), journalId);
  }

  // A digest stands behind what may be megabytes.
  const last = rows('select id, length(raw) from journal order by id desc limit ?', [MOST_AT_START]);
  const [first = 0] = last[countWithin(last.map(([, length]) => Number(length))) - 1] ?? [];
  for (const [digest, id] of rows('select digest, id from journal where id >= ? order by id', [first])) {
    add(String(digest), Number(id));
  }

  return {
    add,
    has(digest) {
      const name = short(digest);
      const id = newer.get(name) ?? older.get(name);
      // Two changes may share the short form; the row says whether they are one.
      return (
        id !== undefined && rows('select 1 from journal where id = ? and digest = ?', [id, digest]).length > 0
      );
    },
  };
}

/** 52 bits of the digest: a number takes a tenth of the memory of the text. */
function short(digest: string): number {
  return Number.parseInt(digest.slice(0, 13), 16);
}
