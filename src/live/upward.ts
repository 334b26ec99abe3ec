/** What a page may say over its socket. Anything else is not dispatched and not answered. */
export type Upward = { do: 'read'; conversationId: number; messageId: number };

/** A message from a page, or null when it is none of ours: an older page, or somebody who tries things. */
export function readUpward(message: unknown): Upward | null {
  const said = typeof message === 'string' ? parse(message) : message;
  if (typeof said !== 'object' || said === null || !('do' in said)) {
    return null;
  } else if (said.do === 'read' && 'conversation' in said && 'message' in said) {
    const { conversation, message: upTo } = said;
    return isId(conversation) && isId(upTo)
      ? { do: 'read', conversationId: conversation, messageId: upTo }
      : null;
  } else {
    return null;
  }
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
