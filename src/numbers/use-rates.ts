import { and, asc, eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import { callingCodes } from '#src/contacts/calling-code.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { useRates } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { monthOf } from './use-count.ts';

export type Rate = typeof useRates.$inferSelect;

/** What Meta charges for by. Service messages are those that are no templates. */
export const rateCategories = [
  'service',
  'utility',
  'marketing',
  'authentication',
  'authentication-international',
  'marketing_lite',
] as const;

/** As a form has it. `calling_code` is '' for every other country, `price` is of one message. */
export type WantedRate = {
  calling_code: string;
  category: string;
  price: string;
  currency: string;
  /** `2026-11`, the first month it is good for. */
  since: string;
};

/** All rates, by country and category, the newest of each first. */
export async function listRates({ sql: db }: Inbox): Promise<Rate[]> {
  const rows = await db.select().from(useRates).orderBy(asc(useRates.callingCode), asc(useRates.category));
  return rows.sort(
    (a, b) =>
      a.callingCode.localeCompare(b.callingCode) || a.category.localeCompare(b.category) || b.since - a.since,
  );
}

/** Enters a rate, or another price for one that is there. Throws `Forbidden` and `Invalid` (as `WantedRate`). */
export async function setRate(inbox: Inbox, wanted: WantedRate, viewer: Viewer, now: number): Promise<void> {
  demand(viewer, 'settings.manage');
  const rate = readRate(wanted, now);
  const { callingCode: calling_code, category, since, micros, currency } = rate;
  await inbox.write('full', [
    inbox.sql
      .insert(useRates)
      .values(rate)
      .onConflictDoUpdate({
        target: [useRates.callingCode, useRates.category, useRates.since],
        set: { micros, currency },
      }),
    auditRow(inbox, {
      at: now,
      actor: viewer,
      action: 'rate.set',
      object: 'rates',
      data: { after: { calling_code, category, since, price: micros / 1e6, currency } },
    }),
  ]);
}

/** Throws `Forbidden`. A rate that is not there is gone already. */
export async function removeRate(
  inbox: Inbox,
  { callingCode, category, since }: Pick<Rate, 'callingCode' | 'category' | 'since'>,
  viewer: Viewer,
  now: number,
): Promise<void> {
  demand(viewer, 'settings.manage');
  await inbox.write('full', [
    inbox.sql
      .delete(useRates)
      .where(
        and(
          eq(useRates.callingCode, callingCode),
          eq(useRates.category, category),
          eq(useRates.since, since),
        ),
      ),
    auditRow(inbox, {
      at: now,
      actor: viewer,
      action: 'rate.removed',
      object: 'rates',
      data: { before: { calling_code: callingCode, category, since } },
    }),
  ]);
}

const PRICE = /^\d{1,4}(?:[.,]\d{1,6})?$/;
const MONTH = /^(20\d\d)-(0[1-9]|1[0-2])$/;
const CURRENCY = /^[A-Z]{3}$/;

function readRate(wanted: WantedRate, now: number): Rate {
  const { category } = wanted;
  const callingCode = wanted.calling_code.replace(/\D/g, '');
  const price = wanted.price.trim();
  const currency = wanted.currency.trim().toUpperCase();
  const since = wanted.since.trim() === '' ? String(monthOf(now)) : wanted.since.trim().replace('-', '');
  const errors = {
    // What holds no digits is no empty code: that would be the rate for everybody else.
    ...(wanted.calling_code.trim() === '' || callingCodes().some(({ code }) => code === callingCode)
      ? {}
      : { calling_code: 'No country has this calling code. Leave it empty for every other country.' }),
    ...(rateCategories.some((known) => known === category) ? {} : { category: 'Choose what it is for.' }),
    ...(PRICE.test(price) ? {} : { price: 'Give the price of one message as a number, for example 0.0075.' }),
    ...(CURRENCY.test(currency)
      ? {}
      : { currency: 'Give the currency by its three letters, for example USD.' }),
    ...(MONTH.test(`${since.slice(0, 4)}-${since.slice(4)}`)
      ? {}
      : { since: 'Give a month, for example 2026-11.' }),
  };
  if (Object.keys(errors).length > 0) {
    throw new Invalid(errors);
  }
  const micros = Math.round(Number(price.replace(',', '.')) * 1e6);
  return { callingCode, category, since: Number(since), micros, currency };
}
