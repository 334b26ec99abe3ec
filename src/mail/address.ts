import { readEmail } from '#src/people/person.ts';

/** Nodemailer takes an address apart at these, and would write to whatever it finds behind them. */
const SPECIAL = /[,;:()<>[\]\\"]/;

/** An address that one letter goes to or comes from, or null when it is none, or more than one. */
export function readAddress(text: string): string | null {
  const address = readEmail(text);
  return address === null || SPECIAL.test(address) ? null : address;
}
