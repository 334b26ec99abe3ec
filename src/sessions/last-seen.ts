import { eq, lte } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { sessions } from '#src/db/schema/control.ts';
import { expiryOf } from './limits.ts';

const FLUSH_EVERY_MS = 60_000;

/** When each session was last used: in memory, so that reading a page writes nothing. */
export type LastSeen = {
  get(idHash: string): number | undefined;
  note(session: { idHash: string; createdAt: number }, at: number): void;
  forget(idHash: string): void;
  /** Writes what was noted, at most once a minute, and removes sessions that are over. */
  flush(at: number): Promise<void>;
};

export function createLastSeen({ sql: db, write }: Control): LastSeen {
  const seen = new Map<string, { at: number; createdAt: number }>();
  let flushedAt = 0;
  return {
    get: (idHash) => seen.get(idHash)?.at,
    note({ idHash, createdAt }, at) {
      seen.set(idHash, { at, createdAt });
    },
    forget: (idHash) => {
      seen.delete(idHash);
    },
    async flush(at) {
      if (at - flushedAt < FLUSH_EVERY_MS) {
        return;
      }
      flushedAt = at;
      const noted = [...seen];
      const updates = noted.map(([idHash, one]) =>
        db
          .update(sessions)
          .set({ seenAt: one.at, expiresAt: expiryOf({ seenAt: one.at, createdAt: one.createdAt }) })
          .where(eq(sessions.idHash, idHash)),
      );
      await write('normal', [...updates, db.delete(sessions).where(lte(sessions.expiresAt, at))]);
      for (const [idHash, one] of noted) {
        if (seen.get(idHash) === one) {
          seen.delete(idHash);
        }
      }
    },
  };
}
