import type { SharedAddress, SharedContact } from '#src/messages/thread-message.ts';
import type { AddressJson, ContactJson } from './content-types.ts';
import { defined } from './defined.ts';

/** A contact card under Meta's names, as the API takes one too. */
export function contactJson(card: SharedContact): ContactJson {
  const { name, nameParts = {}, phones, emails, organisation, department, position } = card;
  const { first, middle, last, prefix, suffix } = nameParts;
  const org = defined({ company: organisation, department, title: position });
  return {
    name: {
      formatted_name: name,
      ...defined({ first_name: first, middle_name: middle, last_name: last, prefix, suffix }),
    },
    phones: phones.map(({ phone, waId, label }) => ({ phone, ...defined({ wa_id: waId, type: label }) })),
    emails: emails.map(({ email, label }) => ({ email, ...defined({ type: label }) })),
    ...(Object.keys(org).length === 0 ? {} : { org }),
    ...defined({
      addresses: card.addresses?.map(addressJson),
      urls: card.urls?.map(({ url, label }) => ({ url, ...defined({ type: label }) })),
      birthday: card.birthday,
    }),
    ...(card.isRequested ? { origin: 'contact_request' as const } : {}),
  };
}

const addressJson = ({ countryCode, label, ...lines }: SharedAddress): AddressJson => ({
  ...lines,
  ...defined({ country_code: countryCode, type: label }),
});
