import { clean } from '#src/db/clean.ts';
import { Invalid } from '#src/errors.ts';

/** Collects what is wrong with a message, so that a person learns all of it at once. */
export class Faults {
  readonly #fields: Record<string, string> = {};

  /** The first fault of a field is the one told. */
  add(field: string, sentence: string): void {
    this.#fields[field] ??= sentence;
  }

  /** The words of a part that has to be there. `what` begins the sentence: `The title of a button`. */
  required(field: string, what: string, given: string, most: number): string {
    const text = tidy(given);
    if (text === '') {
      this.add(field, `${what} is missing.`);
    }
    this.#measure(field, what, text, most);
    return text;
  }

  /** Undefined when it says nothing. */
  optional(field: string, what: string, given: string | undefined, most: number): string | undefined {
    const text = tidy(given ?? '');
    this.#measure(field, what, text, most);
    return text === '' ? undefined : text;
  }

  /** How many there may be, and must be. */
  count(field: string, what: string, count: number, most: number): void {
    if (count === 0 || count > most) {
      this.add(field, `WhatsApp takes 1 to ${most} ${what}. These are ${count}.`);
    }
  }

  unique(field: string, what: string, values: readonly string[]): void {
    if (new Set(values).size < values.length) {
      this.add(field, `${what} must differ from one another.`);
    }
  }

  /** Throws `Invalid` if anything was wrong. */
  refuse(): void {
    if (Object.keys(this.#fields).length > 0) {
      throw new Invalid(this.#fields);
    }
  }

  #measure(field: string, what: string, text: string, most: number): void {
    if (text.length > most) {
      const [limit, length] = [most.toLocaleString('en'), text.length.toLocaleString('en')];
      this.add(
        field,
        `${what} can have at most ${limit} characters on WhatsApp. This one has ${length}: shorten it.`,
      );
    }
  }
}

const tidy = (given: string) => clean(given).replaceAll('\r\n', '\n').trim();
