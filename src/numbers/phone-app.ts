import { asc, eq } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers, phoneImports } from '#src/db/schema/inbox/index.ts';
import { NOT_SHARED, type PhoneImport } from './phone-import.ts';

/** Whether the WhatsApp Business app on a phone has the number, too, as Meta has just said; null: it did not say. */
export function notePhoneApp(
  { sql: db }: Pick<Inbox, 'sql'>,
  id: number,
  isOnPhoneApp: boolean | null,
): Statement[] {
  return isOnPhoneApp === null ? [] : [db.update(numbers).set({ isOnPhoneApp }).where(eq(numbers.id, id))];
}

/** What has been asked of the phone of a number so far, contacts first. That it is not shared is said by a webhook. */
export async function loadPhoneImports(
  inbox: Pick<Inbox, 'rows' | 'sql'>,
  numberId: number,
): Promise<PhoneImport[]> {
  const { step, state, askedAt, errorCode } = phoneImports;
  const known = await inbox.sql
    .select({ step, state, askedAt, errorCode })
    .from(phoneImports)
    .where(eq(phoneImports.numberId, numberId))
    .orderBy(asc(step));
  return known.map((one) =>
    one.step === 'history' && isDeclined(inbox, numberId, one.askedAt)
      ? { ...one, state: 'refused', errorCode: NOT_SHARED }
      : one,
  );
}

function isDeclined(inbox: Pick<Inbox, 'rows'>, numberId: number, since: number): boolean {
  const declined = `select 1 from account_events
    where number_id = ? and kind = 'history' and event = ? and received_at >= ? limit 1`;
  return inbox.rows(declined, [numberId, String(NOT_SHARED), since]).length > 0;
}
