import type { OrderItem } from '#src/messages/thread-message.ts';
import { words } from '../words/words.ts';

const plain = new Intl.NumberFormat(words.locale, { maximumFractionDigits: 3 });
const formats = new Map<string, Intl.NumberFormat>();

export const numberInWords = (value: number): string => plain.format(value);

/** An amount as it is written here; one whose currency is no code of three letters stands before what was sent. */
export function inCurrency(amount: number, currency: string | null): string {
  if (currency === null || !/^[A-Z]{3}$/.test(currency)) {
    return [plain.format(amount), currency].filter((part) => part !== null).join(' ');
  }
  const format =
    formats.get(currency) ?? new Intl.NumberFormat(words.locale, { style: 'currency', currency });
  formats.set(currency, format);
  return format.format(amount);
}

/** What all items of each currency cost; a currency with an item that does not say enough has no total. */
export function totalsOf(items: readonly OrderItem[]): { currency: string | null; total: number }[] {
  const byCurrency = Map.groupBy(items, (item) => item.currency);
  return [...byCurrency].flatMap(([currency, ofIt]) => {
    const total = ofIt.reduce(
      (sum, { quantity, price }) => sum + (quantity ?? Number.NaN) * (price ?? Number.NaN),
      0,
    );
    return Number.isFinite(total) ? [{ currency, total }] : [];
  });
}
