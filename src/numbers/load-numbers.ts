import { asc } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';

/** An account's numbers, the oldest first; their tokens stay in the database. */
export async function loadNumbers({ sql: db }: Inbox) {
  return db
    .select({
      id: numbers.id,
      phoneNumberId: numbers.phoneNumberId,
      wabaId: numbers.wabaId,
      displayPhone: numbers.displayPhone,
      name: numbers.name,
      state: numbers.state,
      pausedFor: numbers.pausedFor,
      readReceipts: numbers.readReceipts,
    })
    .from(numbers)
    .orderBy(asc(numbers.id));
}
