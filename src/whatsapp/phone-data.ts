import type { Answer } from './exchange.ts';
import type { Failure } from './failure.ts';
import { isSuccess, type Unsettled, unsettled } from './outcome.ts';
import { asFields } from './shape.ts';

/** What the WhatsApp Business app on a phone is asked for: its address book, or what was written before. */
export type PhoneData = 'contacts' | 'history';
/** `done`: it was asked for; it comes by webhooks. */
export type PhoneDataOutcome = { kind: 'done' } | Unsettled;

const SYNC_TYPES: Readonly<Record<PhoneData, string>> = {
  contacts: 'smb_app_state_sync',
  history: 'history',
};

/** The body of `POST /{phone_number_id}/smb_app_data` (Meta, "Onboarding WhatsApp Business app users"). */
export function phoneDataBody(what: PhoneData): object {
  return { messaging_product: 'whatsapp', sync_type: SYNC_TYPES[what] };
}

/** Meta answers with the id of the request; an answer that cannot be read may mean that it was asked for. */
export function phoneDataOutcome(answer: Answer | Failure, token: string): PhoneDataOutcome {
  const isDone = isSuccess(answer) && asFields(answer.json) !== null;
  return isDone ? { kind: 'done' } : unsettled(answer, token);
}
