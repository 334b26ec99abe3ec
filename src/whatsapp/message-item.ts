import { readIdentityChange } from './identity-change.ts';
import { sharedPhone } from './kinds/contacts.ts';
import { readMessage } from './message.ts';
import { readReaction } from './reaction.ts';
import { type Ids, identify, isNobody, readIds } from './sender.ts';
import { asFields, asMoment, asWords, type Fields } from './shape.ts';
import type { Surroundings } from './surroundings.ts';
import type { Update } from './update.ts';

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
  const reaction = item.type === 'reaction' ? readReaction(item) : null;
  if (reaction === null) {
    const message = readMessage(item, { wamid, at, valueErrors: around.valueErrors });
    const phone = sender.phone ?? sharedPhone(item);
    return { kind: 'message', position, phoneNumberId, sender: { ...sender, phone }, message };
  } else {
    const groupId = asWords(item.group_id);
    return { kind: 'reaction', position, phoneNumberId, sender, wamid, groupId, ...reaction, at };
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
