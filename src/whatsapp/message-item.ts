import { readIdentityChange } from './identity-change.ts';
import { sharedPhone } from './kinds/contacts.ts';
import { readEdit, readRevoke } from './kinds/edit.ts';
import { readMessage } from './message.ts';
import { readReaction } from './reaction.ts';
import { type Ids, identify, isNobody, readIds, type Sender } from './sender.ts';
import { asFields, asMoment, asWords, type Fields } from './shape.ts';
import type { Surroundings } from './surroundings.ts';
import type { Rewriting, Update } from './update.ts';

export function readMessageItem(item: Fields, position: number, around: Surroundings): Update {
  const { phoneNumberId } = around;
  const wamid = asWords(item.id);
  const at = asMoment(item.timestamp) ?? around.otherwiseAt;
  const change = readIdentityChange(item);
  const sender = identify(senderIds(item), around.contacts, around.isAlone);
  if (wamid === null) {
    return { kind: 'malformed', position, error: 'The message has no id.' };
  } else if (change !== null) {
    return { kind: 'identity', position, phoneNumberId, at, ...change };
  } else if (isNobody(sender)) {
    return { kind: 'malformed', position, error: 'The message does not say who sent it.' };
  }
  const about = readAboutAnother(item, { position, phoneNumberId, sender, wamid, at });
  return (
    about ?? {
      kind: 'message',
      position,
      phoneNumberId,
      sender: { ...sender, phone: sender.phone ?? sharedPhone(item) },
      message: readMessage(item, { wamid, at, valueErrors: around.valueErrors }),
    }
  );
}

type Envelope = Rewriting & { sender: Sender };

/** What is no message of its own but something done to another; null when it is none of these, or cannot be read. */
function readAboutAnother(item: Fields, envelope: Envelope): Update | null {
  if (item.type === 'reaction') {
    const reaction = readReaction(item);
    return reaction && { kind: 'reaction', ...envelope, groupId: asWords(item.group_id), ...reaction };
  }
  return readRewriting(item, envelope);
}

/** A change or deletion of a message by who wrote it: the customer, or the business on its phone (`sender` null). */
export function readRewriting(item: Fields, envelope: Rewriting): Update | null {
  if (item.type === 'edit') {
    const edit = readEdit(item);
    return edit && { kind: 'edit', ...envelope, ...edit };
  } else if (item.type === 'revoke') {
    const revoke = readRevoke(item);
    return revoke && { kind: 'revoke', ...envelope, ...revoke };
  } else {
    return null;
  }
}

/** A system message about a changed identity may name the customer only by the one they had before. */
export function senderIds(item: Fields): Ids {
  const ids = readIds(item.from, item.from_user_id, item.from_parent_user_id);
  const system = asFields(item.system);
  if (system === null || !isNobody(ids)) {
    return ids;
  } else {
    return readIds(
      system.wa_id,
      system.previous_user_id ?? system.user_id,
      system.previous_parent_user_id ?? system.parent_user_id,
    );
  }
}
