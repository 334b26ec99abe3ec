import { and, asc, eq, isNotNull, lte, notInArray, sql } from 'drizzle-orm';
import type { FileRow } from '#src/attachments/load-files.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { files, messages, outbox } from '#src/db/schema/inbox/index.ts';
import type { OutboxRow } from './outbox.ts';

/** A file that Meta has to have before its message can go. */
export type DueUpload = {
  row: OutboxRow;
  /** Null when it is gone. */
  file: FileRow | null;
};

type Wanted = {
  numberId: number;
  now: number;
  limit: number;
  /** Rows that are on their way, or rest. */
  except: readonly number[];
};

/** Asked with every message, and nearly always false: one look into the index. */
export function waitsForUploads({ objects }: Pick<Inbox, 'objects'>, numberId: number): boolean {
  const rows = objects(sql`
    select id from outbox where number_id = ${numberId} and file_id is not null limit 1`);
  return rows.length > 0;
}

/** What a number has to upload now, the oldest message first. */
export async function findUploads({ sql: db }: Inbox, wanted: Wanted): Promise<DueUpload[]> {
  const { numberId, now, limit, except } = wanted;
  return db
    .select({ row: outbox, file: files })
    .from(outbox)
    .innerJoin(messages, eq(messages.id, outbox.messageId))
    .leftJoin(files, eq(files.id, outbox.fileId))
    .where(
      and(
        eq(outbox.numberId, numberId),
        isNotNull(outbox.fileId),
        eq(outbox.state, 'queued'),
        lte(outbox.notBefore, now),
        except.length === 0 ? undefined : notInArray(outbox.id, [...except]),
      ),
    )
    .orderBy(asc(outbox.id))
    .limit(limit);
}
