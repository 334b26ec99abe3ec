import type { Inbox } from '#src/db/inbox.ts';
import { rowsIn } from '#src/db/lookup.ts';

/** A contact of a person: the surviving one, or one that was merged into it. */
export type Member = { id: number; survivorId: number; blockedAt: number | null };

const MERGED = `select id, merged_into_id, blocked_at from contacts
  where merged_into_id is not null and merged_into_id`;

/** Whoever was merged into these contacts. */
export function mergedInto(inbox: Pick<Inbox, 'rows'>, survivorIds: Iterable<number>): Member[] {
  return rowsIn(inbox, MERGED, survivorIds).map(([id, survivorId, blockedAt]) => ({
    id: Number(id),
    survivorId: Number(survivorId),
    blockedAt: blockedAt === null ? null : Number(blockedAt),
  }));
}
