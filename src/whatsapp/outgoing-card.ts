import type { NameParts, SharedAddress, SharedContact } from '#src/messages/thread-message.ts';

/** A contact card as Meta takes it; without `wa_id` WhatsApp offers to invite the person instead of writing to them. */
export function cardOf(contact: SharedContact): object {
  const { name, nameParts, phones, emails, organisation, department, position, birthday } = contact;
  const org = {
    ...optional('company', organisation),
    ...optional('department', department),
    ...optional('title', position),
  };
  return {
    name: nameOf(name, nameParts),
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
    ...listed('addresses', contact.addresses?.map(addressOf) ?? []),
    ...listed('urls', contact.urls?.map(({ url, label }) => ({ url, ...optional('type', label) })) ?? []),
    ...(Object.keys(org).length === 0 ? {} : { org }),
    ...optional('birthday', birthday),
  };
}

/** Meta refuses a name that has nothing but `formatted_name`: where no part is known it is the first name, too. */
function nameOf(name: string, { first, middle, last, prefix, suffix }: NameParts = { first: name }): object {
  return {
    formatted_name: name,
    ...optional('first_name', first),
    ...optional('middle_name', middle),
    ...optional('last_name', last),
    ...optional('prefix', prefix),
    ...optional('suffix', suffix),
  };
}

function addressOf({ countryCode, label, ...lines }: SharedAddress): object {
  return { ...lines, ...optional('country_code', countryCode), ...optional('type', label) };
}

function optional(key: string, value: string | undefined): object {
  return value === undefined ? {} : { [key]: value };
}

function listed(key: string, entries: object[]): object {
  return entries.length === 0 ? {} : { [key]: entries };
}
