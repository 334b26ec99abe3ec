/** @jsxImportSource preact */
import type { Person } from '#src/contacts/contact.ts';
import { phoneInWords } from '../shared/phone.ts';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

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
        <dt>{words.name}</dt>
        <dd>
          <bdi>{contact.name}</bdi>
        </dd>
        <dt>{words.phone}</dt>
        <dd>{contact.phone === null ? words.hiddenPhone : phoneInWords(contact.phone)}</dd>
        {contact.username === null ? null : (
          <>
            <dt>{words.username}</dt>
            <dd>
              <bdi>@{contact.username}</bdi>
            </dd>
          </>
        )}
        {contact.bsuid === null ? null : (
          <>
            <dt>{words.whatsappId}</dt>
            <dd class="mono">{contact.bsuid}</dd>
          </>
        )}
        <dt>{words.knownSince}</dt>
        <dd>
          <LocalTime at={contact.createdAt} style="date" timeZone={timeZone} />
        </dd>
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
