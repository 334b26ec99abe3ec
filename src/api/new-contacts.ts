import { t } from 'elysia';
import type { SharedContact } from '#src/messages/thread-message.ts';
import { defined } from './defined.ts';

const text = t.Optional(t.String());

/** Meta's contact cards, as the API gives them out. */
export const ContactsJson = t.Array(
  t.Object({
    name: t.Object({
      formatted_name: t.String(),
      first_name: text,
      middle_name: text,
      last_name: text,
      prefix: text,
      suffix: text,
    }),
    phones: t.Optional(t.Array(t.Object({ phone: t.String(), wa_id: text, type: text }))),
    emails: t.Optional(t.Array(t.Object({ email: t.String(), type: text }))),
    addresses: t.Optional(
      t.Array(
        t.Object({
          street: text,
          city: text,
          state: text,
          zip: text,
          country: text,
          country_code: text,
          type: text,
        }),
      ),
    ),
    urls: t.Optional(t.Array(t.Object({ url: t.String(), type: text }))),
    org: t.Optional(t.Object({ company: text, department: text, title: text })),
    birthday: text,
  }),
);
export type GivenCard = (typeof ContactsJson.static)[number];

export function readContactsJson(cards: readonly GivenCard[]): SharedContact[] {
  return cards.map(({ name, phones = [], emails = [], addresses, urls, org = {}, birthday }) => ({
    name: name.formatted_name,
    nameParts: defined({
      first: name.first_name,
      middle: name.middle_name,
      last: name.last_name,
      prefix: name.prefix,
      suffix: name.suffix,
    }),
    phones: phones.map(({ phone, wa_id: waId, type: label }) => ({ phone, ...defined({ waId, label }) })),
    emails: emails.map(({ email, type: label }) => ({ email, ...defined({ label }) })),
    ...defined({
      organisation: org.company,
      department: org.department,
      position: org.title,
      addresses: addresses?.map(({ country_code: countryCode, type: label, ...lines }) =>
        defined({ ...lines, countryCode, label }),
      ),
      urls: urls?.map(({ url, type: label }) => ({ url, ...defined({ label }) })),
      birthday,
    }),
  }));
}
