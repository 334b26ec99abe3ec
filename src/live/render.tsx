/** @jsxImportSource preact */

import type { WaitingCounts } from '#src/conversations/counts.ts';
import { maskedSummary } from '#src/conversations/masking.ts';
import type { ConversationSummary } from '#src/conversations/summary.ts';
import { renderPush } from '#src/http/page.ts';
import { maskedEvent, maskedMessage } from '#src/messages/masked-message.ts';
import type { ThreadEvent, ThreadMessage } from '#src/messages/thread-message.ts';
import {
  CountsPush,
  EventPush,
  HeadPush,
  MessagePush,
  PresencePush,
  RowPush,
  RowRemoval,
} from '#views/live/push.tsx';
import type { Present } from './presence.ts';

export type Shown = {
  row: ConversationSummary;
  messages: readonly ThreadMessage[];
  events: readonly ThreadEvent[];
};

/** The same for those who may not know the phone number. */
export const masked = ({ row, messages, events }: Shown): Shown => ({
  row: maskedSummary(row),
  messages: messages.map(maskedMessage),
  events: events.map(maskedEvent),
});

/** For who has the conversation open: what was said and done, and how it stands now. */
export function renderConversation({ row, messages, events }: Shown, now: number): string {
  return renderPush([
    ...messages.map((message) => <MessagePush key={message.id} message={message} />),
    ...events.map((event) => <EventPush key={event.id} event={event} conversationId={row.id} />),
    <HeadPush key="head" row={row} now={now} />,
  ]);
}

/** For the lists it is in. */
export function renderRow(row: ConversationSummary, now: number): string {
  return renderPush([<RowPush key={row.id} row={row} now={now} />]);
}

/** For the lists of who may see it: what another conversation stands for is in none. */
export function renderInList(row: ConversationSummary, now: number): string {
  return row.mergedIntoId === undefined ? renderRow(row, now) : renderRemovals([row.id]);
}

/** For lists it is no longer in. */
export function renderRemovals(ids: readonly number[]): string {
  return renderPush(ids.map((id) => <RowRemoval key={id} id={id} />));
}

export function renderCounts(counts: Partial<WaitingCounts>): string {
  return renderPush([<CountsPush key="counts" counts={counts} />]);
}

/** Who else is in a conversation. */
export function renderPresence(conversationId: number, others: readonly Present[]): string {
  return renderPush([<PresencePush key="presence" conversationId={conversationId} others={others} />]);
}
