import type { ViewName } from '#src/conversations/views.ts';

export type { ViewName };

/** The address of a conversation; without a view, the one that finds the best view. */
export const conversationPath = (id: number, view?: ViewName) =>
  view === undefined ? `/c/${id}` : `/inbox/${view}/${id}`;
