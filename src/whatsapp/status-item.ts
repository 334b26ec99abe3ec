import { asMoment, type Fields } from './shape.ts';
import { readStatus } from './status.ts';
import type { Surroundings } from './surroundings.ts';
import type { Update } from './update.ts';

export function readStatusItem(item: Fields, position: number, around: Surroundings): Update {
  const status = readStatus(item, around.contacts, around.isAlone);
  return status === null
    ? { kind: 'malformed', position, error: 'The status has no id or no status.' }
    : {
        kind: 'status',
        position,
        phoneNumberId: around.phoneNumberId,
        at: asMoment(item.timestamp) ?? around.otherwiseAt,
        ...status,
      };
}
