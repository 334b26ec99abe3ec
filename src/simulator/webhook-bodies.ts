import type { Fields } from './fields.ts';
import { digits, type NumberState } from './numbers.ts';
import type { Person } from './people.ts';

/** What stands in `changes[].value` of the field `messages`. */
export type ChangeValue = Fields;

export function envelope(wabaId: string, value: ChangeValue, field = 'messages'): Fields {
  return { object: 'whatsapp_business_account', entry: [{ id: wabaId, changes: [{ value, field }] }] };
}

export type InboundMessage = {
  wamid: string;
  /** Milliseconds; Meta writes whole seconds, as text. */
  at: number;
  /** `type` and the object named by it. */
  content: Fields;
  quote?: string | undefined;
};

export function inboundValue(number: NumberState, person: Person, message: InboundMessage): ChangeValue {
  const context = message.quote && { from: digits(number.displayPhoneNumber), id: message.quote };
  return {
    messaging_product: 'whatsapp',
    metadata: metadata(number),
    contacts: [contact(person, { username: true })],
    messages: [
      {
        ...(context ? { context } : {}),
        ...(person.hidePhone ? {} : { from: person.waId }),
        from_user_id: person.userId,
        id: message.wamid,
        timestamp: seconds(message.at),
        ...message.content,
      },
    ],
  };
}

export function metadata(number: NumberState): Fields {
  return {
    display_phone_number: digits(number.displayPhoneNumber),
    phone_number_id: number.phoneNumberId,
  };
}

export function contact(person: Person, show: { username: boolean; phone?: boolean }): Fields {
  return {
    profile: {
      name: person.name,
      ...(show.username && person.username ? { username: person.username } : {}),
    },
    ...((show.phone ?? !person.hidePhone) ? { wa_id: person.waId } : {}),
    user_id: person.userId,
  };
}

export function seconds(milliseconds: number): string {
  return String(Math.floor(milliseconds / 1000));
}
