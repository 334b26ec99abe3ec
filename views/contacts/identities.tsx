/** @jsxImportSource preact */
import type { Person } from '#src/contacts/contact.ts';
import { LocalTime } from '../shared/time.tsx';
import { Called } from './called.tsx';

type Props = { of: Person; title: string; account: { timeZone: string }; now: number };

/** What WhatsApp calls a person, and where they are spoken with. */
export function Identities({ of: { id, conversations }, title, account: { timeZone }, now }: Props) {
  const contact = conversations[0]?.contact;
  return contact === undefined ? null : (
    <section class="stack stack--near" aria-labelledby={`contact-${id}`}>
      <h2 class="h" id={`contact-${id}`}>
        {title}
      </h2>
      <dl class="facts">
        <Called contact={contact} whatsappId={contact.bsuid} timeZone={timeZone} />
        {conversations.map(({ id: conversationId, number, lastArrivedAt }) => (
          <>
            <dt>
              <a class="link" href={`/c/${conversationId}`}>
                {number.name}
              </a>
            </dt>
            <dd>
              <LocalTime at={lastArrivedAt} style="moment" timeZone={timeZone} now={now} />
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}
