/** @jsxImportSource preact */
import type { Rate, WantedRate } from '#src/numbers/use-rates.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { words } from '../words/words.ts';
import { placeInWords } from './place.ts';
import { amountInWords, categoryInWords } from './use.tsx';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  rates: readonly Rate[];
  categories: readonly string[];
  /** Year × 100 + month, now. */
  month: number;
  /** What a refused form held, and why. */
  form?: WantedRate | undefined;
  errors: Record<string, string>;
};

const says = words.numbers.ratesPage;

/** What messages cost, by country and category, and a form for one more. */
export const RatesPage = ({ viewer, account, rates, ...entry }: Props) => (
  <Settings
    place="numbers"
    person={viewer}
    account={account}
    lead={says.lead}
    below={{ title: words.numbers.rates, href: '/numbers' }}
  >
    <div class="stack">
      <Entry {...entry} currency={rates.at(-1)?.currency ?? ''} />
      {rates.length === 0 ? (
        <div class="sheet">
          <Empty level="h2" title={says.none} text={says.noneText} />
        </div>
      ) : (
        <Rates rates={rates} />
      )}
    </div>
  </Settings>
);

const Rates = ({ rates }: { rates: readonly Rate[] }) => (
  <div class="scroll-x">
    <table class="table rates">
      <thead>
        <tr>
          {[says.country, says.category, says.price, says.since].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <td />
        </tr>
      </thead>
      <tbody>
        {rates.map((rate) => (
          <tr key={`${rate.callingCode} ${rate.category} ${rate.since}`}>
            <th scope="row">{placeOf(rate)}</th>
            <td>{categoryInWords(rate.category)}</td>
            <td>{amountInWords(rate.micros, rate.currency)}</td>
            <td>
              <span class="only-phone">{says.since}</span> {monthInWords(rate.since)}
            </td>
            <td>
              <form method="post" action="/numbers/rates/removal">
                <input type="hidden" name="calling_code" value={rate.callingCode} />
                <input type="hidden" name="category" value={rate.category} />
                <input type="hidden" name="since" value={rate.since} />
                <button class="btn btn--quiet" type="submit" aria-label={says.removeOf(placeOf(rate))}>
                  {says.remove}
                </button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const placeOf = ({ callingCode }: Rate) => (callingCode === '' ? says.everywhere : placeInWords(callingCode));

/** `202611` as a form has it. */
const monthInForm = (month: number) => `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}`;

/** `202611` is November 2026. */
const monthInWords = (month: number) =>
  new Date(Date.UTC(Math.floor(month / 100), (month % 100) - 1)).toLocaleDateString(words.locale, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });

type EntryProps = Pick<Props, 'form' | 'errors' | 'month' | 'categories'> & { currency: string };

const Entry = ({ form, errors, month, categories, currency }: EntryProps) => (
  <form class="stack stack--near rates__entry" method="post" action="/numbers/rates">
    <h2 class="h">{says.add}</h2>
    <ErrorSummary errors={errors} />
    <Field
      name="calling_code"
      label={says.code}
      value={form?.calling_code}
      error={errors.calling_code}
      help={says.codeHelp}
      isOptional
      maxlength={10}
    />
    <div class="field">
      <label for="category">{says.category}</label>
      <select id="category" name="category">
        {categories.map((category) => (
          <option key={category} value={category} selected={category === form?.category}>
            {categoryInWords(category)}
          </option>
        ))}
      </select>
    </div>
    <Field
      name="price"
      label={says.price}
      value={form?.price}
      error={errors.price}
      help={says.priceHelp}
      maxlength={12}
    />
    <Field
      name="currency"
      label={says.currency}
      value={form?.currency ?? currency}
      error={errors.currency}
      help={says.currencyHelp}
      maxlength={3}
    />
    <Field
      name="since"
      label={says.since}
      value={form?.since ?? monthInForm(month)}
      error={errors.since}
      help={says.sinceHelp}
      maxlength={7}
    />
    <p class="bar">
      <button class="btn btn--primary" type="submit">
        {says.save}
      </button>
    </p>
  </form>
);
