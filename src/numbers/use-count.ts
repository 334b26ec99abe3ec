import { callingCodeOf, callingCodeOfBsuid } from '#src/contacts/calling-code.ts';
import { identitiesOf } from '#src/contacts/person.ts';
import type { Statement } from '#src/db/database.ts';
import { insertRows } from '#src/db/rows.ts';
import { numberUse } from '#src/db/schema/inbox/index.ts';
import type { Run } from '#src/webhooks/run.ts';
import type { KnownMessage } from '#src/webhooks/stored.ts';

export type UseRow = typeof numberUse.$inferInsert;

/** Year × 100 + month, UTC: Meta's price lists and free tiers go by months. */
export function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1;
}

const DELIVERED: readonly string[] = ['delivered', 'read', 'played'];

type Priced = Pick<KnownMessage, 'status' | 'pricingType' | 'pricingCategory'>;

/** Meta charges for what was delivered. Its price and its delivery come in any order, and more than once. */
const counts = ({ status, pricingType, pricingCategory }: Priced) =>
  DELIVERED.includes(status) && (pricingType !== null || pricingCategory !== null);

/** Counts a message once: when a report makes it one that was delivered and has a price. `at` is Meta's clock. */
export function countUse(run: Run, before: KnownMessage, at: number): void {
  const after = run.messages.get(before.id);
  if (!after || counts(before) || !counts(after)) {
    return;
  }
  const row = {
    numberId: after.numberId,
    month: monthOf(at),
    callingCode: callingCode(run, after.conversationId),
    type: after.pricingType ?? '',
    category: after.pricingCategory ?? '',
  };
  const key = Object.values(row).join(' ');
  const delivered = (run.made.use.get(key)?.delivered ?? 0) + 1;
  run.made.use.set(key, { ...row, delivered });
}

/** Where somebody is charged: by their phone number, or by the country of their id when the number is not known. */
function callingCode(run: Run, conversationId: number): string {
  const contactId = run.conversations.get(conversationId)?.contactId;
  const names = contactId === undefined ? [] : identitiesOf(run, contactId);
  const current = names.filter(({ retiredAt }) => retiredAt === null);
  const phone = current.find(({ kind }) => kind === 'phone');
  const bsuid = current.find(({ kind }) => kind === 'bsuid');
  return phone ? callingCodeOf(phone.value) : callingCodeOfBsuid(bsuid?.value ?? '');
}

export function useStatements({ made }: Run): Statement[] {
  return insertRows(numberUse, [...made.use.values()], ADD);
}

const ADD = `on conflict (number_id, month, calling_code, type, category)
  do update set delivered = delivered + excluded.delivered`;
