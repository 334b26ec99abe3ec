import { and, eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { numberUse } from '#src/db/schema/inbox/index.ts';
import { monthOf, type UseRow } from './use-count.ts';
import { listRates, type Rate } from './use-rates.ts';

/** A number may answer so many messages a month free of charge. https://developers.facebook.com/docs/whatsapp/pricing */
export const FREE_SERVICE_MESSAGES = 1_000;

/** What one category of messages has cost. */
export type CategoryUse = { category: string; delivered: number; free: number; cost: Money[] };
export type Money = { currency: string; micros: number };

/** What has no rate, and so is in no sum. `callingCode` is '' when it is not known where they went. */
export type Unrated = { category: string; callingCode: string; messages: number };

export type Use = {
  /** Year × 100 + month, UTC. */
  month: number;
  categories: CategoryUse[];
  total: Money[];
  unrated: Unrated[];
  /** Service messages that counted toward the free ones, and whether Meta charges for them already. */
  freeUsed: number;
  isFreeOver: boolean;
};

/** What a number has delivered in a month, and what that costs so far by the rates that were entered. */
export async function loadUse(inbox: Inbox, numberId: number, now: number): Promise<Use> {
  const month = monthOf(now);
  const rows = await inbox.sql
    .select()
    .from(numberUse)
    .where(and(eq(numberUse.numberId, numberId), eq(numberUse.month, month)));
  return toUse(month, rows, await listRates(inbox));
}

const isFree = ({ type }: UseRow) => type.startsWith('free_');

export function toUse(month: number, rows: readonly UseRow[], rates: readonly Rate[]): Use {
  const priced = rows.map((row) => ({ row, rate: isFree(row) ? null : rateOf(row, rates) }));
  const byCategory = Map.groupBy(priced, ({ row }) => row.category);
  const service = rows.filter(({ category }) => category === 'service');
  const charged = priced.flatMap(({ row, rate }) => (rate ? { row, rate } : []));
  return {
    month,
    categories: [...byCategory]
      .map(([category, of]) => ({
        category,
        delivered: sum(of.map(({ row }) => row.delivered)),
        free: sum(of.filter(({ row }) => isFree(row)).map(({ row }) => row.delivered)),
        cost: costOf(charged.filter(({ row }) => row.category === category)),
      }))
      .sort((a, b) => b.delivered - a.delivered),
    total: costOf(charged),
    unrated: priced
      .filter(({ row, rate }) => rate === undefined && row.delivered > 0)
      .map(({ row: { category, callingCode, delivered: messages } }) => ({
        category,
        callingCode,
        messages,
      })),
    freeUsed: sum(
      service.filter(({ type }) => type === 'free_customer_service').map(({ delivered }) => delivered),
    ),
    isFreeOver: service.some((row) => !isFree(row) && row.delivered > 0),
  };
}

/** The newest rate for the country that is good for the month, else the one for every other country. */
function rateOf({ callingCode, category, month }: UseRow, rates: readonly Rate[]): Rate | undefined {
  const good = (code: string) =>
    rates
      .filter((rate) => rate.callingCode === code && rate.category === category && rate.since <= month)
      .sort((a, b) => b.since - a.since)[0];
  return (callingCode === '' ? undefined : good(callingCode)) ?? good('');
}

function costOf(charged: readonly { row: UseRow; rate: Rate }[]): Money[] {
  const sums = new Map<string, number>();
  for (const { row, rate } of charged) {
    sums.set(rate.currency, (sums.get(rate.currency) ?? 0) + row.delivered * rate.micros);
  }
  return [...sums].map(([currency, micros]) => ({ currency, micros }));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
