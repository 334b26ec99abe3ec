import { type Ids, isNobody, readIds } from './sender.ts';
import { asFields, asWords, type Fields } from './shape.ts';

/** What WhatsApp says has changed about who somebody is. Which of their ids are the same on both sides has not. */
export type IdentityChange = {
  /** `device`: they may be using another phone, or have installed WhatsApp anew. */
  what: 'number' | 'user_id' | 'device';
  before: Ids;
  after: Ids;
};

/** As documented, and as gateways and older versions of the API wrote them. */
const KINDS = new Map<string, IdentityChange['what']>([
  ['user_changed_number', 'number'],
  ['customer_changed_number', 'number'],
  ['user_changed_user_id', 'user_id'],
  ['customer_identity_changed', 'device'],
  ['user_identity_changed', 'device'],
]);

/** Reads a message of type `system`; null when it is of another type, of a kind not known here, or about nobody. */
export function readIdentityChange(message: Fields): IdentityChange | null {
  const system = asFields(message.system);
  const what = message.type === 'system' ? KINDS.get(asWords(system?.type) ?? '') : undefined;
  if (system === null || what === undefined) {
    return null;
  }
  const sender = readIds(message.from, message.from_user_id, message.from_parent_user_id);
  const now = readIds(system.wa_id ?? system.new_wa_id, system.user_id, system.parent_user_id);
  const was = readIds(undefined, system.previous_user_id, system.previous_parent_user_id);
  return changed(what, {
    before: {
      phone: sender.phone,
      bsuid: was.bsuid ?? sender.bsuid,
      parentBsuid: was.parentBsuid ?? sender.parentBsuid,
    },
    after: {
      phone: now.phone ?? (what === 'number' ? null : sender.phone),
      bsuid: now.bsuid ?? (was.bsuid === sender.bsuid ? null : sender.bsuid),
      parentBsuid: now.parentBsuid ?? (was.parentBsuid === sender.parentBsuid ? null : sender.parentBsuid),
    },
  });
}

/**
 * Reads an item of the field `user_id_update`: Meta documented it in 2026 and took it back again (August 2026), and
 * sends the same as a message of type `system`.
 */
export function readUserIdUpdate(item: Fields): IdentityChange | null {
  const [user, parent] = [asFields(item.user_id), asFields(item.parent_user_id)];
  const phone = item.wa_id;
  return changed('user_id', {
    before: readIds(
      phone,
      user?.previous ?? item.previous_user_id,
      parent?.previous ?? item.previous_parent_user_id,
    ),
    after: readIds(phone, user?.current ?? item.user_id, parent?.current ?? item.parent_user_id),
  });
}

function changed(
  what: IdentityChange['what'],
  { before, after }: Omit<IdentityChange, 'what'>,
): IdentityChange | null {
  return isNobody(before) && isNobody(after) ? null : { what, before, after };
}
