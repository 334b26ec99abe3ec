import type { SendingKind } from '#src/messages/sending-form.ts';

/** The form of a kind of message to this conversation. */
export const sendingPath = (conversationId: number, kind: SendingKind): string =>
  `/conversations/${conversationId}/messages/${kind}`;
