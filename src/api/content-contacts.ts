import type { SharedContact } from '#src/messages/thread-message.ts';
import type { ContactJson } from './content-types.ts';
import { defined } from './defined.ts';

/** A contact card under Meta's names; its addresses and its org's `title` were put together when it was received. */
export function contactJson(card: SharedContact): ContactJson {
  const { name, phones, emails, organisation, position, addresses, urls, birthday, isRequested } = card;
  const org = defined({ company: organisation, title: position });
  return {
    name: { formatted_name: name },
    phones: phones.map(({ phone, waId, label }) => ({ phone, ...defined({ wa_id: waId, type: label }) })),
    emails: emails.map(({ email, label }) => ({ email, ...defined({ type: label }) })),
    ...(Object.keys(org).length === 0 ? {} : { org }),
    ...defined({
      addresses: addresses?.map((address) => ({ formatted_address: address })),
      urls: urls?.map((url) => ({ url })),
      birthday,
    }),
    ...(isRequested ? { origin: 'contact_request' as const } : {}),
  };
}
