import { Invalid } from '#src/errors.ts';
import { readEmail, readName, whyNot } from '#src/people/person.ts';
import { whyWeak } from '#src/sessions/passwords.ts';
import { readTimeZone } from './time-zone.ts';

/** What a new account is made from, as it was given. */
export type NewAccount = {
  name: string;
  /** The name customers know; empty when it is the same. */
  businessName: string;
  timeZone: string;
  owner: { name: string; email: string; password: string };
};

/** The same, ready to be kept; `Invalid` names every field that is not, the owner's as `owner.email` and so on. */
export function readNewAccount(given: NewAccount): NewAccount {
  const name = readName(given.name);
  const businessName = given.businessName.trim() === '' ? name : readName(given.businessName);
  const timeZone = readTimeZone(given.timeZone);
  const ownerName = readName(given.owner.name);
  const email = readEmail(given.owner.email);
  const { password } = given.owner;
  const weak = whyWeak(password, [given.name, given.businessName, given.owner.name, given.owner.email]);
  if (name && businessName && timeZone && ownerName && email && weak === null) {
    return { name, businessName, timeZone, owner: { name: ownerName, email, password } };
  }
  throw new Invalid({
    ...(name ? {} : { name: whyNot.name }),
    ...(businessName || !name ? {} : { business_name: whyNot.name }),
    ...(timeZone ? {} : { time_zone: 'Choose a time zone from the list, such as Africa/Harare.' }),
    ...(ownerName ? {} : { 'owner.name': whyNot.name }),
    ...(email ? {} : { 'owner.email': whyNot.email }),
    ...(weak === null ? {} : { 'owner.password': weak }),
  });
}
