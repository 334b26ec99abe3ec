/** @jsxImportSource preact */
import type { ThreadEvent } from '#src/messages/thread-message.ts';
import { phoneInWords } from '../shared/phone.ts';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

/** A line between messages: who did what with the conversation. */
export const Event = ({ event, timeZone }: { event: ThreadEvent; timeZone: string }) =>
  isObvious(event) ? null : (
    <li class="event" id={`event-${event.id}`} data-id={event.id} data-at={event.at}>
      <bdi>{eventInWords(event)}</bdi>
      {event.handover?.summary ? ' ' : null}
      {event.handover?.summary ? <q dir="auto">{event.handover.summary}</q> : null} ·{' '}
      <LocalTime at={event.at} style="time" timeZone={timeZone} />
    </li>
  );

/** A customer opens a case by writing, or somebody on the phone: the message right there says so. */
const isObvious = ({ kind, actor }: ThreadEvent) =>
  kind === 'case.opened' && (actor.kind === 'customer' || actor.kind === 'system');

function eventInWords({ kind, actor, subject, phones, handover }: ThreadEvent): string {
  const name = actor.name ?? words.actors[actor.kind];
  if (kind === 'assigned') {
    return words.events.assigned(name, subject ?? words.nobody);
  } else if (kind === 'contact.number_changed') {
    return words.events[kind](name, inWords(phones?.from), inWords(phones?.to));
  } else if (kind === 'handover.passed' || kind === 'handover.taken') {
    return words.events[kind](name, roleInWords(handover?.to));
  } else {
    return words.events[kind](name);
  }
}

/** As Meta names it, where there is no word for it. */
const roleInWords = (role: string | null | undefined) =>
  role ? (new Map(Object.entries(words.message.answerers)).get(role) ?? role) : null;

const inWords = (phone: string | null | undefined) => (phone ? phoneInWords(phone) : null);
