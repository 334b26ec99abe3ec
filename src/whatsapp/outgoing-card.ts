import type { SharedContact } from '#src/messages/thread-message.ts';

/**
 * A contact card as Meta takes it. `first_name` goes with it because Meta refuses a card that has nothing but
 * `formatted_name`; without `wa_id` WhatsApp offers to invite the person instead of writing to them.
 */
export function cardOf(contact: SharedContact): object {
  const { name, phones, emails, organisation, position, addresses, urls, birthday } = contact;
  const org = { ...optional('company', organisation), ...optional('title', position) };
  return {
    name: { formatted_name: name, first_name: name },
    ...listed(
      'phones',
      phones.map(({ phone, waId, label }) => ({
        phone,
        ...optional('wa_id', waId),
        ...optional('type', label),
      })),
    ),
    ...listed(
      'emails',
      emails.map(({ email, label }) => ({ email, ...optional('type', label) })),
    ),
    ...listed('addresses', addresses?.map((street) => ({ street })) ?? []),
    ...listed('urls', urls?.map((url) => ({ url })) ?? []),
    ...(Object.keys(org).length === 0 ? {} : { org }),
    ...optional('birthday', birthday),
  };
}

function optional(key: string, value: string | undefined): object {
  return value === undefined ? {} : { [key]: value };
}

function listed(key: string, entries: object[]): object {
  return entries.length === 0 ? {} : { [key]: entries };
}
