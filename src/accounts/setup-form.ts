import { t } from 'elysia';
import type { Invalid } from '#src/errors.ts';
import type { NewAccount } from './new-account.ts';

const Text = t.Optional(t.String());

/** The business and its owner, as one form asks for them. */
export const SetupForm = t.Object({
  account_name: Text,
  business_name: Text,
  time_zone: Text,
  name: Text,
  email: Text,
  password: Text,
});

export function toNewAccount(form: typeof SetupForm.static): NewAccount {
  const {
    account_name = '',
    business_name = '',
    time_zone = '',
    name = '',
    email = '',
    password = '',
  } = form;
  return {
    name: account_name,
    businessName: business_name,
    timeZone: time_zone,
    owner: { name, email, password },
  };
}

/** The form asks for the business and its owner on one page, and names their fields without the owner's prefix. */
export function byFormField({ fields }: Invalid): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, why]) => [
      field.startsWith('owner.') ? field.slice('owner.'.length) : field === 'name' ? 'account_name' : field,
      why,
    ]),
  );
}
