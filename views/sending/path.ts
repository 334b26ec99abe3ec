import type { SendingKind } from '#src/messages/sending-form.ts';

/** The form of a kind of message to this conversation. */
export const sendingPath = (conversationId: number, kind: SendingKind): string =>
  `/conversations/${conversationId}/messages/${kind}`;

/** How what was filled in would look. */
export const previewPath = (conversationId: number, kind: SendingKind): string =>
  `${sendingPath(conversationId, kind)}/preview#preview`;
