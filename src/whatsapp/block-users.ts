import type { Answer } from './exchange.ts';
import type { Failure } from './failure.ts';
import { isSuccess, type Unsettled, unsettled } from './outcome.ts';
import type { Outgoing } from './outgoing.ts';
import { asFields } from './shape.ts';

export type BlockOutcome = { kind: 'done' } | Unsettled;

/** The body of `POST` and `DELETE /{phone_number_id}/block_users`: a phone number and a BSUID have names of their own. */
export function blockBody(user: Outgoing['to']): object {
  const named = 'phone' in user ? { user: user.phone } : { user_id: user.bsuid };
  return { messaging_product: 'whatsapp', block_users: [named] };
}

/** One customer is asked about at a time: an answer in part (139100) is a refusal of that one. */
export function blockOutcome(answer: Answer | Failure, token: string): BlockOutcome {
  const isDone = isSuccess(answer) && asFields(asFields(answer.json)?.block_users) !== null;
  return isDone ? { kind: 'done' } : unsettled(answer, token);
}
