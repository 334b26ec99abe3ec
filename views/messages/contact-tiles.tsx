/** @jsxImportSource preact */
import type { SharedContact } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { SafeLink } from '../shared/safe-link.tsx';

/** The people a customer shared, with what can be dialled or written to. */
export const ContactTiles = ({ contacts }: { contacts: SharedContact[] }) => (
  <>
    {contacts.map((contact, index) => (
      <div key={index} class="file">
        <span class="file__pin">
          <Icon name="user" />
        </span>
        <span class="file__name">
          <bdi>{contact.name}</bdi>
          {contact.organisation === undefined ? null : (
            <small>
              <bdi>{contact.organisation}</bdi>
            </small>
          )}
          {contact.phones.map(({ phone }) => (
            <Reach key={phone} address={dialled(phone)} shown={phone} />
          ))}
          {contact.emails.map(({ email }) => (
            <Reach key={email} address={`mailto:${encodeURIComponent(email)}`} shown={email} />
          ))}
        </span>
      </div>
    ))}
  </>
);

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
