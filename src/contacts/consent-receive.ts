import type { Statement } from '#src/db/database.ts';
import { forEachRow } from '#src/db/rows.ts';
import type { consents } from '#src/db/schema/inbox/index.ts';
import { knownThread } from '#src/messages/receive-conversation.ts';
import { type Arrival, hearFrom, mention, type Run } from '#src/webhooks/run.ts';
import type { Update } from '#src/whatsapp/updates.ts';
import { MARKETING_PURPOSE } from './consent.ts';
import { noteConsent } from './consent-told.ts';
import { recognise } from './recognise.ts';

export type ConsentRow = typeof consents.$inferInsert;

/** Takes in that somebody wants no more advertising, or wants it again: it counts at once. */
export function takePreference(
  run: Run,
  update: Extract<Update, { kind: 'preference' }>,
  arrival: Arrival,
): void {
  const { sender, at, purpose, state, wording } = update;
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const { contact } = recognise(run, { number, sender, at, arrivedAt: arrival.at });
  mention(run, arrival, contact.id);
  run.made.consents.push({
    id: run.nextId(),
    contactId: contact.id,
    purpose,
    state,
    source: 'whatsapp',
    wording,
    evidenceMessageId: null,
    by: null,
    at,
  });
  const conversation = knownThread(run, number, contact);
  if (conversation && purpose === MARKETING_PURPOSE) {
    noteConsent(run, conversation, { state, at });
  }
}

/** Meta did not deliver a message because its recipient has stopped advertising: it is how that is learnt late. */
export function learnOptOut(run: Run, conversationId: number, messageId: number, at: number): void {
  const conversation = run.conversations.get(conversationId);
  if (conversation) {
    run.made.consents.push({
      id: run.nextId(),
      contactId: conversation.contactId,
      purpose: MARKETING_PURPOSE,
      state: 'withdrawn',
      source: 'whatsapp_refusal',
      wording: null,
      evidenceMessageId: messageId,
      by: null,
      at,
    });
    noteConsent(run, conversation, { state: 'withdrawn', at });
  }
}

/** Each choice once, however often it is told. */
export function consentStatements({ made }: Run): Statement[] {
  return forEachRow(
    ADD,
    made.consents.map((row) => [
      row.id,
      row.contactId,
      row.purpose,
      row.state,
      row.source,
      row.wording,
      row.evidenceMessageId,
      row.at,
      row.contactId,
      row.purpose,
      row.at,
      row.state,
    ]),
  );
}

const ADD = `insert into consents (id, contact_id, purpose, state, source, wording, evidence_message_id, at)
  select ?, ?, ?, ?, ?, ?, ?, ?
  where not exists (select 1 from consents where contact_id = ? and purpose = ? and at = ? and state = ?)`;
