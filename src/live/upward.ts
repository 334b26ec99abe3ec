/** What a page may say over its socket. Anything else is not dispatched and not answered. */
export type Upward =
  /** It was read up to this message. */
  | { do: 'read'; conversationId: number; messageId: number }
  /** The page shows this conversation now (null: none), as it was at the position `seen`. */
  | { do: 'open'; conversationId: number | null; seen: string | undefined }
  /** Somebody sits before the open conversation, or writes in it. */
  | { do: 'viewing' }
  | { do: 'typing' };

type Said = { do: unknown; conversation?: unknown; message?: unknown; seen?: unknown };

/** A message from a page, or null when it is none of ours: an older page, or somebody who tries things. */
export function readUpward(message: unknown): Upward | null {
  const said = typeof message === 'string' ? parse(message) : message;
  if (!isSaid(said)) {
    return null;
  }
  switch (said.do) {
    case 'viewing':
    case 'typing':
      return { do: said.do };
    case 'read':
      return readRead(said);
    case 'open':
      return readOpen(said);
    default:
      return null;
  }
}

function readRead(said: Said): Upward | null {
  const { conversation, message } = said;
  return isId(conversation) && isId(message)
    ? { do: 'read', conversationId: conversation, messageId: message }
    : null;
}

function readOpen(said: Said): Upward | null {
  const { conversation, seen } = said;
  return isId(conversation) || conversation === null
    ? { do: 'open', conversationId: conversation, seen: typeof seen === 'string' ? seen : undefined }
    : null;
}

function isSaid(value: unknown): value is Said {
  return typeof value === 'object' && value !== null && 'do' in value;
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
