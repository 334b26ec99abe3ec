import { t } from 'elysia';
import type { SharedContact } from '#src/messages/thread-message.ts';

const text = t.Optional(t.String());

/** Meta's contact cards, as far as they are passed on. */
export const ContactsJson = t.Array(
  t.Object({
    name: t.Object({ formatted_name: t.String() }),
    phones: t.Optional(t.Array(t.Object({ phone: t.String(), wa_id: text, type: text }))),
    emails: t.Optional(t.Array(t.Object({ email: t.String(), type: text }))),
    urls: t.Optional(t.Array(t.Object({ url: t.String() }))),
    org: t.Optional(t.Object({ company: text, title: text })),
    birthday: text,
  }),
);
export type GivenCard = (typeof ContactsJson.static)[number];

export function readContactsJson(cards: readonly GivenCard[]): SharedContact[] {
  return cards.map(({ name, phones = [], emails = [], urls, org, birthday }) => ({
    name: name.formatted_name,
    phones: phones.map(({ phone, wa_id: waId, type }) => ({
      phone,
      ...(waId === undefined ? {} : { waId }),
      ...(type === undefined ? {} : { label: type }),
    })),
    emails: emails.map(({ email, type }) => ({ email, ...(type === undefined ? {} : { label: type }) })),
    ...(urls === undefined ? {} : { urls: urls.map(({ url }) => url) }),
    ...(org?.company === undefined ? {} : { organisation: org.company }),
    ...(org?.title === undefined ? {} : { position: org.title }),
    ...(birthday === undefined ? {} : { birthday }),
  }));
}
