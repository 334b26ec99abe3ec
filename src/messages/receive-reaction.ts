import { recognise } from '#src/contacts/recognise.ts';
import { type Arrival, hearFrom, mention, type Run, touch, wamidKey } from '#src/webhooks/run.ts';
import type { Update } from '#src/whatsapp/updates.ts';
import { parkReaction } from './receive-parked.ts';

/**
 * Takes in a customer's reaction, or its taking back (an empty emoji): the newest one counts. It opens no window,
 * asks for no answer and moves no conversation. One that comes before its message waits for it.
 */
export function receiveReaction(
  run: Run,
  update: Extract<Update, { kind: 'reaction' }>,
  arrival: Arrival,
): void {
  const { sender, targetWamid, emoji, at } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const { contact } = recognise(run, { number, sender, at, arrivedAt: arrival.at });
  mention(run, arrival, contact.id);
  const target = run.messages.find(wamidKey(number.id, targetWamid));
  const reaction = { by: contact.id, emoji, at };
  if (target) {
    react(run, target, reaction);
  } else {
    parkReaction(run, { numberId: number.id, wamid: targetWamid }, reaction, arrival);
  }
}

/** `by` is the contact, or 0 for the business itself. */
export type InboundReaction = { by: number; emoji: string; at: number };
const OURS = 0;

/** Sets a reaction on a message that is there. */
export function react(
  run: Run,
  target: { id: number; conversationId: number },
  { by, emoji, at }: InboundReaction,
): void {
  run.made.reactions.push({
    messageId: target.id,
    side: by === OURS ? 'out' : 'in',
    by,
    id: run.nextId(),
    emoji,
    at,
    status: by === OURS ? 'sent' : 'received',
  });
  touch(run, target.conversationId, { message: target.id });
}
