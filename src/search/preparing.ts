import { sql } from 'drizzle-orm';
import type { ReadOnly } from '#src/db/reader/open-for-reading.ts';
import { jobs, messages } from '#src/db/schema/inbox/index.ts';

/** Before which moment messages are not searchable yet: after an upgrade they become so from the newest on. */
export async function preparingBefore({ objects }: Pick<ReadOnly, 'objects'>): Promise<number | null> {
  const [last] = objects<{ at: number }>(sql`select ${messages.orderedAt} as at from ${messages}
    where ${messages.id} <= (select cast(${jobs.data} as integer) from ${jobs} where ${jobs.kind} = 'search.messages')
    order by ${messages.id} desc limit 1`);
  return last?.at ?? null;
}
