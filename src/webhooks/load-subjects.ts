import { and, eq, inArray } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { messages, outbox, parkedStatuses, reactions } from '#src/db/schema/inbox/index.ts';
import type { Spoken } from './spoken.ts';
import type { KnownMessage, KnownReaction, KnownSend, Parked } from './stored.ts';

const known = {
  id: messages.id,
  conversationId: messages.conversationId,
  numberId: messages.numberId,
  direction: messages.direction,
  authorKind: messages.authorKind,
  wamid: messages.wamid,
  quotedId: messages.quotedId,
  status: messages.status,
  statusRank: messages.statusRank,
  errorCode: messages.errorCode,
  error: messages.error,
  pricingType: messages.pricingType,
  pricingCategory: messages.pricingCategory,
};

/** Messages by wamid, and those of ours that a status names by our own value. */
export async function loadMessages({ sql }: Inbox, spoken: Spoken): Promise<KnownMessage[]> {
  const { numberIds, wamids, subjectIds } = spoken;
  const byWamid = and(inArray(messages.numberId, [...numberIds]), inArray(messages.wamid, [...wamids]));
  const found = wamids.size === 0 ? [] : await sql.select(known).from(messages).where(byWamid);
  const missing = [...subjectIds].filter((id) => !found.some((message) => message.id === id));
  const named =
    missing.length === 0 ? [] : await sql.select(known).from(messages).where(inArray(messages.id, missing));
  return [...found, ...named];
}

export async function loadReactions({ sql }: Inbox, { subjectIds }: Spoken): Promise<KnownReaction[]> {
  return subjectIds.size === 0
    ? []
    : await sql
        .select({
          id: reactions.id,
          messageId: reactions.messageId,
          status: reactions.status,
          error: reactions.error,
          numberId: messages.numberId,
          conversationId: messages.conversationId,
        })
        .from(reactions)
        .innerJoin(messages, eq(messages.id, reactions.messageId))
        .where(and(inArray(reactions.id, [...subjectIds]), eq(reactions.side, 'out')));
}

export async function loadSends({ sql }: Inbox, { subjectIds }: Spoken): Promise<KnownSend[]> {
  return subjectIds.size === 0
    ? []
    : await sql
        .select({ id: outbox.id, attempt: outbox.attempt })
        .from(outbox)
        .where(inArray(outbox.id, [...subjectIds]));
}

/** What waits for the messages that are spoken of. */
export async function loadParked({ sql }: Inbox, { numberIds, wamids }: Spoken): Promise<Parked[]> {
  const isTheirs = and(
    inArray(parkedStatuses.numberId, [...numberIds]),
    inArray(parkedStatuses.wamid, [...wamids]),
  );
  return wamids.size === 0 ? [] : await sql.select().from(parkedStatuses).where(isTheirs);
}
