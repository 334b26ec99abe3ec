import { areOne, type Ids, identify, isNobody, readContacts, readIds } from '../sender.ts';
import { asFields, asList, asWords, type Fields } from '../shape.ts';
import { readRecipient } from '../status.ts';
import type { Update } from '../update.ts';
import { readCallEvent, readCallStatus } from './call.ts';

/** Reads a change of the field `calls`: its calls, then its statuses, one update each. */
export function readCalls(value: Fields, otherwiseAt: number): Update[] {
  const metadata = asFields(value.metadata);
  const phoneNumberId = asWords(metadata?.phone_number_id);
  const calls = asList(value.calls);
  const items = [...calls, ...asList(value.statuses)];
  const business = digits(metadata?.display_phone_number);
  const people = items.map((item, index) => idsIn(asFields(item) ?? {}, index < calls.length, business));
  const contacts = readContacts(value.contacts);
  const isAlone = areOne(people);
  const updates = items.map((item, position): Update => {
    const fields = asFields(item);
    const isCall = position < calls.length;
    const event = fields && (isCall ? readCallEvent : readCallStatus)(fields, otherwiseAt);
    const sender = identify(people[position] ?? NOBODY, contacts, isAlone);
    if (fields === null || event === null) {
      return { kind: 'malformed', position, error: 'The call has no id or does not say what happened.' };
    } else if (phoneNumberId === null) {
      return { kind: 'malformed', position, error: 'The change does not name the number it is about.' };
    } else if (isCall && isNobody(sender)) {
      return { kind: 'malformed', position, error: 'The call does not say whom it is with.' };
    }
    const direction = isCall && !isByBusiness(fields, business) ? 'in' : 'out';
    const common = { kind: 'call', position, phoneNumberId, direction, ...event } as const;
    return { ...common, sender: isNobody(sender) ? null : sender };
  });
  return updates.length > 0 ? updates : [{ kind: 'other', position: 0, note: 'calls with nothing' }];
}

const NOBODY: Ids = { phone: null, bsuid: null, parentBsuid: null };

function idsIn(item: Fields, isCall: boolean, business: string): Ids {
  if (!isCall) {
    return readRecipient(item);
  }
  return isByBusiness(item, business)
    ? readIds(item.to, item.to_user_id, item.to_parent_user_id)
    : readIds(item.from, item.from_user_id, item.from_parent_user_id);
}

/** Where the direction is not said, whoever is called from says it. */
function isByBusiness({ direction, from }: Fields, business: string): boolean {
  return typeof direction === 'string'
    ? direction === 'BUSINESS_INITIATED'
    : business !== '' && digits(from) === business;
}

function digits(value: unknown): string {
  return asWords(value)?.replace(/\D/g, '') ?? '';
}
