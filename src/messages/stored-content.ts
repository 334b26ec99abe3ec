import type {
  MessageContent,
  MessageError,
  ProductMention,
  Referral,
  SharedAddress,
  SharedContact,
  ThreadMessage,
} from './thread-message.ts';

const forwardings = ['none', 'once', 'often'] as const satisfies readonly ThreadMessage['forwarded'][];

/** What goes with a message of any kind. */
type Marks = Pick<
  ThreadMessage,
  'forwarded' | 'referral' | 'product' | 'isOfGroup' | 'groupId' | 'isElsewhere'
>;
type Stored = { content: MessageContent } & Marks;

/**
 * What `messages.content` holds. One damaged row becomes a bubble that says it cannot be shown, and does not
 * take the thread with it.
 */
export function readContent(stored: string, type: string): Stored {
  const value = parseObject(stored);
  const marks = marksOf(value);
  if (typeof value?.kind === 'string') {
    // Written by this program from the same type: nothing from outside reaches this column unread.
    return { content: withWholeCards(value as MessageContent), ...marks };
  } else if (type === 'text') {
    return { content: { kind: 'text' }, ...marks };
  } else {
    return { content: { kind: 'unsupported', metaType: type }, ...marks };
  }
}

type SharedUrl = NonNullable<SharedContact['urls']>[number];
type KeptCard = Omit<SharedContact, 'addresses' | 'urls'> & {
  addresses?: (SharedAddress | string)[];
  urls?: (SharedUrl | string)[];
};

/** In older rows an address is one line, and a link has no label. */
function withWholeCards(content: MessageContent): MessageContent {
  return content.kind === 'contacts' ? { ...content, contacts: content.contacts.map(wholeCard) } : content;
}

function wholeCard({ addresses, urls, ...card }: KeptCard): SharedContact {
  return {
    ...card,
    ...(addresses && { addresses: addresses.map((kept) => (isText(kept) ? { street: kept } : kept)) }),
    ...(urls && { urls: urls.map((kept) => (isText(kept) ? { url: kept } : kept)) }),
  };
}

const isText = (kept: unknown): kept is string => typeof kept === 'string';

function marksOf(value: Record<string, unknown> | null): Marks {
  return {
    forwarded: forwardings.find((known) => known === value?.forwarded) ?? 'none',
    referral: (value?.referral as Referral | undefined) ?? null,
    product: (value?.product as ProductMention | undefined) ?? null,
    isOfGroup: value?.groupId !== undefined,
    ...(typeof value?.groupId === 'string' ? { groupId: value.groupId } : {}),
    isElsewhere: value?.isElsewhere === true,
  };
}

/** What `messages.content` holds once its sender has deleted it: how it came, and nothing of what it said. */
export function deletedContent(stored: string): string {
  const { forwarded, groupId, isElsewhere, referral } = parseObject(stored) ?? {};
  return JSON.stringify({
    kind: 'revoked',
    forwarded,
    groupId,
    isElsewhere,
    referral: referral ?? undefined,
  });
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
