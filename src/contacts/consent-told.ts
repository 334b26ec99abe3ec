import { isNoted, noteEvent } from '#src/conversations/noted-event.ts';
import type { Run } from '#src/webhooks/run.ts';
import type { KnownConversation } from '#src/webhooks/stored.ts';
import { MARKETING_PURPOSE } from './consent.ts';

/** A choice about advertising, at a moment of Meta's clock. */
export type Choice = { state: 'given' | 'withdrawn'; at: number };

/** Tells in a conversation that its customer wants offers, or none: once, however often Meta repeats it. */
export function noteConsent(
  run: Run,
  { id: conversationId, caseId }: Pick<KnownConversation, 'id' | 'caseId'>,
  { state, at }: Choice,
): void {
  const kind = state === 'given' ? 'consent.given' : 'consent.withdrawn';
  if (!isNoted(run, conversationId, kind, at)) {
    noteEvent(run, { conversationId, caseId, at, actorKind: 'customer', kind });
  }
}

/** For a conversation that begins: what its customer chose before there was one stands in it, where it was chosen. */
export function noteEarlierConsents(run: Run, conversation: KnownConversation): void {
  const { contactId } = conversation;
  const members = new Set([contactId, ...run.contacts.group(contactId).map(({ id }) => id)]);
  const now = run.made.consents.filter(
    (row) => members.has(row.contactId) && row.purpose === MARKETING_PURPOSE,
  );
  for (const choice of [...run.choicesOf([...members]), ...now]) {
    noteConsent(run, conversation, choice);
  }
}
