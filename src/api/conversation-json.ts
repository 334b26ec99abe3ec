import type { IdentifiedSummary } from '#src/conversations/summary.ts';
import { timeJson } from './time-json.ts';

/** A conversation as the API gives it out. */
export function conversationJson(summary: IdentifiedSummary) {
  const { id, name, phone, bsuid, username } = summary.contact;
  return {
    id: summary.id,
    number_id: summary.number.id,
    contact: { id, name, phone, bsuid, username },
    state: summary.state,
    assignee_id: summary.assignee?.id ?? null,
    unanswered: summary.waitingSince !== null,
    window_expires_at: timeJson(summary.windowExpiresAt),
    last_message_at: timeJson(summary.lastArrivedAt),
  };
}
