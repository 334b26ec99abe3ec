import type { Fields } from './fields.ts';
import { GraphError, invalidParameter } from './graph-error.ts';
import { digits, type NumberState } from './numbers.ts';
import { isE164, type Person } from './people.ts';
import type { World } from './world.ts';

export type Recipient = { input: string; addressedBy: 'to' | 'recipient'; person: Person | null };

const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Whom the request names. `to` wins over `recipient`; nobody on WhatsApp is no error yet. */
export function resolveRecipient(world: World, number: NumberState, body: Fields): Recipient {
  if (body.to !== undefined) {
    const input = checkTo(number, body.to);
    return { input, addressedBy: 'to', person: world.directory.get(input) ?? null };
  }
  if (body.recipient !== undefined) {
    const input = checkUserId(body.recipient);
    return { input, addressedBy: 'recipient', person: world.directory.get(input) ?? null };
  }
  throw new GraphError(400, 100, '(#100) The parameter to is required.', {
    details: "Either 'to' (a phone number) or 'recipient' (a business-scoped user id) is needed.",
  });
}

function checkTo(number: NumberState, to: unknown): string {
  if (typeof to !== 'string') {
    throw invalidParameter("'to' must be a string: a phone number is not a JSON number.");
  }
  if (!to.startsWith('+')) {
    throw invalidParameter(
      `'to' is "${to}", without a plus: Meta would put the business's own country code before it and write to a stranger. Send "+${to}".`,
    );
  }
  if (!isE164(to)) {
    throw invalidParameter(`'to' is "${to}", which is not an E.164 phone number.`);
  }
  if (digits(to) === digits(number.displayPhoneNumber)) {
    throw new GraphError(400, 131021, '(#131021) Recipient cannot be sender', {
      details: 'Sender and recipient phone number is the same.',
    });
  }
  return to;
}

function checkUserId(recipient: unknown): string {
  if (typeof recipient !== 'string' || !USER_ID.test(recipient)) {
    throw invalidParameter("'recipient' must be a business-scoped user id such as US.13491208655302741918.");
  }
  return recipient;
}
