type Forms = { one: string; other: string };

/** Picks the form by the language's own rules and puts the number, grouped, where `#` stands. */
export function pluralsOf(locale: string) {
  const rules = new Intl.PluralRules(locale);
  const grouped = new Intl.NumberFormat(locale);
  return (count: number, forms: Forms): string =>
    (rules.select(count) === 'one' ? forms.one : forms.other).replace('#', grouped.format(count));
}
