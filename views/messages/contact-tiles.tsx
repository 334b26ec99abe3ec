/** @jsxImportSource preact */
import type { SharedAddress, SharedContact } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { SafeLink } from '../shared/safe-link.tsx';
import { words } from '../words/words.ts';

/** The people a customer shared, with what can be dialled or written to. */
export const ContactTiles = ({ contacts, messageId }: { contacts: SharedContact[]; messageId: number }) => (
  <>
    {contacts.map((contact, index) => (
      <div key={index} class="file">
        <span class="file__pin">
          <Icon name="user" />
        </span>
        <span class="file__name">
          <bdi>{contact.name}</bdi>
          {linesOf(contact).map((line) => (
            <small key={line}>
              <bdi>{line}</bdi>
            </small>
          ))}
          {contact.phones.map(({ phone }) => (
            <Reach key={phone} address={contact.isMasked ? '' : dialled(phone)} shown={phone} />
          ))}
          {contact.emails.map(({ email }) => (
            <Reach key={email} address={`mailto:${encodeURIComponent(email)}`} shown={email} />
          ))}
          {contact.urls?.map(({ url }) => (
            <Reach key={url} address={url} shown={url} />
          ))}
          {contact.isRequested || contact.phones.length === 0 ? null : (
            <form method="post" action={`/messages/${messageId}/contacts`}>
              <button class="btn" type="submit" name="card" value={String(index)}>
                {words.message.saveContact}
              </button>
            </form>
          )}
        </span>
      </div>
    ))}
  </>
);

/** What else stands on the card, as on a letter. */
function linesOf({ department, position, organisation, birthday, addresses = [] }: SharedContact): string[] {
  const lines = [listed(department, position), organisation ?? '', birthday ?? '', ...addresses.map(lineOf)];
  return lines.filter((line) => line !== '');
}

const lineOf = ({ street, city, state, zip, country }: SharedAddress): string =>
  listed(street, city, state, zip, country);

const listed = (...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(', ');

/** Empty, and so no link, when there is nothing to dial. */
function dialled(phone: string): string {
  const digits = phone.replace(/[^+\d]/g, '');
  return digits === '' ? '' : `tel:${digits}`;
}

const Reach = ({ address, shown }: { address: string; shown: string }) => (
  <small>
    <SafeLink address={address}>
      <bdi>{shown}</bdi>
    </SafeLink>
  </small>
);
