import { isNobody, readIds, type Sender } from '../sender.ts';
import { asFields, asMoment, asWords, type Fields } from '../shape.ts';
import type { Update } from '../update.ts';
import { type FieldReader, remarkOf, wordOf } from './account-event.ts';

/** Who answers a conversation from here on, by the roles Meta gives to programs. */
export type Handover = {
  what: 'passed' | 'taken';
  from: string | null;
  to: string | null;
  /** What the one before wrote about the conversation. */
  summary: string | null;
};

/** `messaging_handovers`: another program took over a conversation, or gave it back. */
export const readHandovers: FieldReader = (value, about) => {
  const events = 'type' in value || 'sender' in value ? [value] : [];
  const updates = events.map((event, position) => readHandover(event, position, about.at));
  return updates.length > 0
    ? updates
    : [{ kind: 'malformed', position: 0, error: 'The change does not say who took over what.' }];
};

function readHandover(event: Fields, position: number, otherwiseAt: number): Update {
  const sender = asFields(event.sender);
  const person: Sender = {
    ...readIds(sender?.phone_number ?? sender?.wa_id, sender?.user_id, sender?.parent_user_id),
    username: null,
    name: null,
  };
  const recipient = asFields(event.recipient) ?? asFields(event.metadata);
  const phoneNumberId = asWords(recipient?.phone_number_id);
  if (phoneNumberId === null || isNobody(person)) {
    return { kind: 'malformed', position, error: 'The handover does not say whose conversation it is.' };
  }
  const passed = asFields(event.control_passed);
  const about = passed ?? asFields(event.control_taken);
  return {
    kind: 'handover',
    position,
    phoneNumberId,
    sender: person,
    at: asMoment(event.timestamp) ?? otherwiseAt,
    what: wordOf(event.type) === 'CONTROL_TAKEN' ? 'taken' : 'passed',
    from: roleOf(about?.previous_owner_role),
    to: roleOf(about?.new_owner_role),
    summary: remarkOf(asFields(asFields(about?.conversation_context)?.summary)?.text),
  };
}

const roleOf = (value: unknown) => wordOf(value).toLowerCase() || null;
