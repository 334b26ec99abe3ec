import type { Holder } from '#src/conversations/visible.ts';
import type { LiveChange } from './change.ts';

/** Changes still to be shown, one a conversation. */
export type Merged = {
  conversationId: number;
  messages: Set<number>;
  events: Set<number>;
  left: Holder[];
  redraw: boolean;
};

export type Pending = Map<number, Merged>;

/** Adds changes to those of the same conversation: many in one moment are shown as one. */
export function mergeInto(pending: Pending, changes: readonly LiveChange[]): Pending {
  for (const { conversationId, messages = [], events = [], left = [], redraw = false } of changes) {
    const merged = pending.get(conversationId) ?? {
      conversationId,
      messages: new Set(),
      events: new Set(),
      left: [],
      redraw: false,
    };
    pending.set(conversationId, merged);
    for (const id of messages) {
      merged.messages.add(id);
    }
    for (const id of events) {
      merged.events.add(id);
    }
    merged.left.push(...left);
    merged.redraw ||= redraw;
  }
  return pending;
}

export function asChange({ conversationId, messages, events, left, redraw }: Merged): Required<LiveChange> {
  return { conversationId, messages: [...messages], events: [...events], left, redraw };
}
