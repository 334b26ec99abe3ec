import { eq, lte, max, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import { sessions } from '#src/db/schema/control.ts';
import { ABSOLUTE_MS, IDLE_MS } from './limits.ts';

const FLUSH_EVERY_MS = 60_000;

/** When each session was last used: in memory, so that reading a page writes nothing. */
export type LastSeen = {
  get(idHash: string): number | undefined;
  note(idHash: string, at: number): void;
  forget(idHash: string): void;
  /** Writes what was noted, at most once a minute, and removes sessions that are over. */
  flush(at: number): Promise<void>;
};

export function createLastSeen({ sql: db, write }: Control): LastSeen {
  const seen = new Map<string, number>();
  let flushedAt: number | null = null;

  /** How far the clock was set back, at least, since the last flush or the last one of the server before. */
  async function setBackAt(at: number): Promise<number> {
    if (flushedAt !== null) {
      return Math.max(0, flushedAt - at);
    }
    const [newest] = await db.select({ at: max(sessions.seenAt) }).from(sessions);
    return Math.max(0, (newest?.at ?? 0) - at);
  }

  /** A session lives no longer for it: all of its moments are set back as well. */
  function follow(back: number): Statement[] {
    const { createdAt, seenAt, expiresAt, provenAt } = sessions;
    const moved = {
      createdAt: sql`${createdAt} - ${back}`,
      seenAt: sql`${seenAt} - ${back}`,
      expiresAt: sql`${expiresAt} - ${back}`,
      provenAt: sql`${provenAt} - ${back}`,
    };
    return back > 0 ? [db.update(sessions).set(moved)] : [];
  }

  function used(idHash: string, seenAt: number): Statement {
    const expiresAt = sql`min(${seenAt + IDLE_MS}, ${sessions.createdAt} + ${ABSOLUTE_MS})`;
    return db.update(sessions).set({ seenAt, expiresAt }).where(eq(sessions.idHash, idHash));
  }

  return {
    get: (idHash) => seen.get(idHash),
    note(idHash, at) {
      seen.set(idHash, at);
    },
    forget: (idHash) => {
      seen.delete(idHash);
    },
    async flush(at) {
      if (flushedAt !== null && at >= flushedAt && at - flushedAt < FLUSH_EVERY_MS) {
        return;
      }
      const back = await setBackAt(at);
      flushedAt = at;
      const noted = [...seen];
      await write('normal', [
        ...follow(back),
        ...noted.map(([idHash, seenAt]) => used(idHash, seenAt > at ? seenAt - back : seenAt)),
        db.delete(sessions).where(lte(sessions.expiresAt, at)),
      ]);
      for (const [idHash, seenAt] of noted) {
        if (seen.get(idHash) === seenAt) {
          seen.delete(idHash);
        }
      }
    },
  };
}
