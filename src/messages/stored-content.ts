import type { MessageContent, MessageError, ThreadMessage } from './thread-message.ts';

const forwardings = ['none', 'once', 'often'] as const satisfies readonly ThreadMessage['forwarded'][];

/**
 * What `messages.content` holds. One damaged row becomes a bubble that says it cannot be shown, and does not
 * take the thread with it.
 */
export function readContent(
  stored: string,
  type: string,
): { content: MessageContent; forwarded: ThreadMessage['forwarded'] } {
  const value = parseObject(stored);
  const forwarded = forwardings.find((known) => known === value?.forwarded) ?? 'none';
  if (typeof value?.kind === 'string') {
    // Written by this program from the same type: nothing from outside reaches this column unread.
    return { content: value as MessageContent, forwarded };
  } else if (type === 'text') {
    return { content: { kind: 'text' }, forwarded };
  } else {
    return { content: { kind: 'unsupported', metaType: type }, forwarded };
  }
}

/** What `messages.error` holds. */
export function readError(stored: string | null): MessageError | null {
  const value = stored === null ? null : parseObject(stored);
  return value === null
    ? null
    : { code: Number(value.code ?? 0), title: String(value.title ?? ''), detail: String(value.detail ?? '') };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
