import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations, numbers } from '#src/db/schema/inbox/index.ts';
import { readNumberSettings } from '#src/numbers/number-settings.ts';
import type { DeliveryParts } from './delivery-post.ts';
import { obstacleTo } from './outbox-obstacle.ts';
import { readSender } from './outbox-sender.ts';
import { loadRecipients } from './outbox-subject.ts';
import { newestInbound } from './receipt-reading.ts';
import { threadParts } from './thread.ts';

/** Pages say every 3 s that somebody writes; after a longer silence they have stopped. */
const SILENCE_MS = 7_000;
/** Who strikes a key by mistake, or clears the box, is not writing. */
const WRITES_FOR_MS = 2_500;
/** Meta shows it for 25 s. */
const EVERY_MS = 20_000;

/** Shows customers that somebody writes to them, on numbers that are set so. Nothing of it is stored or repeated. */
export type Typing = {
  sign(accountId: number, conversationId: number): void;
  /** Resolves when none is on its way. */
  idle(): Promise<void>;
};

type Writing = { since: number; seenAt: number; shownAt: number };

export function createTyping(
  parts: Pick<DeliveryParts, 'accounts' | 'log' | 'now' | 'whatsapp' | 'phase'>,
): Typing {
  const { accounts, log, now, whatsapp, phase } = parts;
  const writings = new Map<string, Writing>();
  const underWay = new Set<Promise<void>>();

  /** Whether it is time to show it. */
  function note(key: string, at: number): boolean {
    for (const [other, { seenAt, shownAt }] of writings) {
      if (at - seenAt > SILENCE_MS && at - shownAt > EVERY_MS) {
        writings.delete(other);
      }
    }
    const known = writings.get(key);
    const goesOn = known !== undefined && at - known.seenAt <= SILENCE_MS;
    const writing = {
      since: goesOn ? known.since : at,
      seenAt: at,
      shownAt: known?.shownAt ?? Number.NEGATIVE_INFINITY,
    };
    const isDue = at - writing.since >= WRITES_FOR_MS && at - writing.shownAt >= EVERY_MS;
    writings.set(key, isDue ? { ...writing, shownAt: at } : writing);
    return isDue;
  }

  async function show(accountId: number, conversationId: number): Promise<void> {
    const outcome = await accounts.use(accountId, async (inbox) => {
      const wanted = await findShown(inbox, conversationId, now());
      const sender = wanted && (await readSender(inbox, wanted.numberId));
      return sender ? whatsapp.markRead(sender, wanted.wamid, { isTyping: true }) : null;
    });
    if (outcome !== null && outcome.kind !== 'done') {
      log.debug(
        { account: accountId, outcome: outcome.kind },
        'a customer was not shown that somebody writes',
      );
    }
  }

  return {
    sign(accountId, conversationId) {
      if (phase.draining || !note(`${accountId} ${conversationId}`, now())) {
        return;
      }
      const tracked = show(accountId, conversationId)
        .catch((err) => log.warn({ account: accountId, err }, 'showing that somebody writes failed'))
        .finally(() => underWay.delete(tracked));
      underWay.add(tracked);
    },
    async idle() {
      await Promise.all(underWay);
    },
  };
}

/**
 * What it is shown with: the newest message of the customer. Null where the number is not set so; where it would tell
 * customers earlier than wanted that they were read, for Meta always marks as read with it; and where nobody could be
 * answered now.
 */
async function findShown(inbox: Inbox, conversationId: number, now: number) {
  const { sql: db } = inbox;
  const [row] = await db
    .select({
      id: conversations.id,
      numberId: numbers.id,
      lastInboundId: conversations.lastInboundId,
      settings: numbers.settings,
      policy: numbers.readReceipts,
    })
    .from(conversations)
    .innerJoin(numbers, eq(numbers.id, conversations.numberId))
    .where(eq(conversations.id, conversationId))
    .limit(1);
  if (
    row?.policy !== 'opened' ||
    row.lastInboundId === null ||
    !readNumberSettings(row.settings).showsTyping
  ) {
    return null;
  }
  const recipients = await loadRecipients(inbox, [conversationId]);
  if (obstacleTo(recipients.get(conversationId), now) !== null) {
    return null;
  }
  const newest = await newestInbound(inbox, await threadParts(inbox, conversationId), row.lastInboundId);
  return newest === null ? null : { numberId: row.numberId, wamid: newest.wamid ?? '' };
}
