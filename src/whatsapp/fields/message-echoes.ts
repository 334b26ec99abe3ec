import { readMessage } from '../message.ts';
import { readRewriting } from '../message-item.ts';
import { readReaction } from '../reaction.ts';
import { areOne, type Contacts, type Ids, identify, isNobody, readContacts, readIds } from '../sender.ts';
import { asFields, asList, asMoment, asWords, type Fields } from '../shape.ts';
import type { Update } from '../update.ts';
import { type About, accountEvent, type FieldReader } from './account-event.ts';

/** `smb_message_echoes`: what somebody of the business wrote in the WhatsApp app on their phone. */
export const readMessageEchoes: FieldReader = (value, about) => {
  const items = asList(value.message_echoes);
  const contacts = readContacts(value.contacts);
  const isAlone = areOne(items.map((item) => recipientIds(asFields(item) ?? {})));
  const phoneNumberId = asWords(asFields(value.metadata)?.phone_number_id);
  return items.length === 0
    ? [accountEvent(value, about, { about: 'other', event: '' })]
    : items.map((item, position) =>
        readEcho(asFields(item) ?? {}, position, { phoneNumberId, contacts, isAlone, about }),
      );
};

type Around = { phoneNumberId: string | null; contacts: Contacts; isAlone: boolean; about: About };

function readEcho(item: Fields, position: number, { phoneNumberId, about, ...around }: Around): Update {
  const wamid = asWords(item.id);
  const at = asMoment(item.timestamp) ?? about.at;
  const sender = identify(recipientIds(item), around.contacts, around.isAlone);
  if (phoneNumberId === null || wamid === null) {
    return { kind: 'malformed', position, error: 'The message has no id or does not name its number.' };
  }
  const rewriting = readRewriting(item, { position, phoneNumberId, sender: null, wamid, at });
  const reaction = item.type === 'reaction' ? readReaction(item) : null;
  if (rewriting !== null) {
    return rewriting;
  } else if (reaction !== null) {
    return { kind: 'own-reaction', position, phoneNumberId, at, ...reaction };
  } else if (isNobody(sender)) {
    return { kind: 'malformed', position, error: 'The message does not say to whom it was sent.' };
  }
  const message = readMessage(item, { wamid, at, valueErrors: undefined });
  return { kind: 'echo', position, phoneNumberId, sender, message, by: 'phone_app' };
}

export function recipientIds(item: Fields): Ids {
  return readIds(item.to, item.to_user_id, item.to_parent_user_id);
}
