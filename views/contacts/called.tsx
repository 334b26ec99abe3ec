/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { ContactCard } from '#src/conversations/summary.ts';
import { phoneInWords } from '../shared/phone.ts';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

type Props = { contact: ContactCard; whatsappId: ComponentChildren; timeZone: string };

/** In a list of facts: what somebody is called, by themselves and by WhatsApp, and since when they are known. */
export const Called = ({ contact, whatsappId, timeZone }: Props) => (
  <>
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
        <dd class="mono" title={contact.bsuid}>
          {whatsappId}
        </dd>
      </>
    )}
    <dt>{words.knownSince}</dt>
    <dd>
      <LocalTime at={contact.createdAt} style="date" timeZone={timeZone} />
    </dd>
  </>
);
