import type { Holder } from '#src/conversations/visible.ts';

/** What changed in a conversation, for the screens that show it; the row of the list is always among it. */
export type LiveChange = {
  conversationId: number;
  /** Messages that are new or look different now. */
  messages?: readonly number[];
  /** Events to be drawn between the messages. */
  events?: readonly number[];
  /** Where it was before: whoever could see it there and cannot now drops it. */
  left?: readonly Holder[];
  /** Its thread holds other messages now than before: whoever has it open fetches it anew. */
  redraw?: boolean;
};
