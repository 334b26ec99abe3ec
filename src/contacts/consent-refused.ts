import type { Statement } from '#src/db/database.ts';
import { forEachRow } from '#src/db/rows.ts';
import { MARKETING_PURPOSE } from './consent.ts';

/** Meta refuses an offer to somebody who has stopped offers by this business. */
export const STOPPED_OFFERS = 131050;

/** That a message was refused for it at once is how it is learnt, as a later report would be. */
export function optOutStatements(
  { id, messageId, conversationId }: { id: number; messageId: number; conversationId: number },
  now: number,
): Statement[] {
  return forEachRow(ADD, [[id, MARKETING_PURPOSE, messageId, now, conversationId]]);
}

const ADD = `insert into consents (id, contact_id, purpose, state, source, evidence_message_id, at)
  select ?, contact_id, ?, 'withdrawn', 'whatsapp_refusal', ?, ? from conversations where id = ?`;
