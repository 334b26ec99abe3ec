/** @jsxImportSource preact */
import type { Money, Use as UseOfMonth } from '#src/numbers/use.ts';
import { words } from '../words/words.ts';
import { placeInWords } from './place.ts';

const says = words.numbers;
type Props = { use: UseOfMonth; freeMessages: number };

/** What a number has delivered this month, what of it was free, and what the rest costs. */
export const Use = ({ use, freeMessages }: Props) => (
  <section aria-labelledby="use">
    <h2 class="h" id="use">
      {says.use}
    </h2>
    <p class="small">{says.useLead}</p>
    <p class="use">
      <meter min={0} max={freeMessages} value={Math.min(use.freeUsed, freeMessages)} aria-labelledby="free" />
      <span>
        <span id="free">{says.freeUsed(use.freeUsed, freeMessages)}</span>{' '}
        {use.isFreeOver ? says.freeOver : says.freeLeft(Math.max(0, freeMessages - use.freeUsed))}
      </span>
    </p>
    {use.categories.length === 0 ? <p class="small">{says.useNone}</p> : <Categories use={use} />}
    {use.unrated.length === 0 ? null : (
      <div class="small use__unrated">
        <p>{says.unrated}</p>
        <ul>
          {use.unrated.map(({ category, callingCode, messages }) => (
            <li key={`${category} ${callingCode}`}>
              {says.unratedRow(categoryInWords(category), placeInWords(callingCode), messages)}
            </li>
          ))}
        </ul>
      </div>
    )}
    <p class="page__more">
      <a class="btn" href="/numbers/rates">
        {says.enterRates}
      </a>
    </p>
  </section>
);

const Categories = ({ use }: { use: UseOfMonth }) => (
  <table class="table table--figures">
    <thead>
      <tr>
        {[says.category, says.delivered, says.free, says.cost].map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {use.categories.map(({ category, delivered, free, cost }) => (
        <tr key={category}>
          <th scope="row">{categoryInWords(category)}</th>
          <td>{delivered.toLocaleString(words.locale)}</td>
          <td>{free.toLocaleString(words.locale)}</td>
          <td>{moneyInWords(cost)}</td>
        </tr>
      ))}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">{says.total}</th>
        <td />
        <td />
        <td>{moneyInWords(use.total)}</td>
      </tr>
    </tfoot>
  </table>
);

/** By Meta's word where there is no other. */
export const categoryInWords = (category: string): string =>
  says.categories[category] ?? (category || says.notSaid);

function moneyInWords(sums: readonly Money[]): string {
  return sums.length === 0
    ? says.noCost
    : sums.map(({ micros, currency }) => amountInWords(micros, currency)).join(' + ');
}

/** Cents and what lies below them: one message costs a part of a cent. */
export function amountInWords(micros: number, currency: string): string {
  const amount = micros / 1e6;
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: amount < 1 ? 6 : 2 };
  return `${amount.toLocaleString(words.locale, digits)} ${currency}`;
}
