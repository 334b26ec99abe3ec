import { and, eq, or, sql } from 'drizzle-orm';
import { findConversation } from '#src/conversations/conversation.ts';
import { clean } from '#src/db/clean.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { messages, outbox, reactions } from '#src/db/schema/inbox/index.ts';
import { Invalid, NotFound, Problem } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { queue } from './outbox.ts';
import { obstacleProblem, obstacleTo } from './outbox-obstacle.ts';
import { loadRecipients } from './outbox-subject.ts';
import { isBeyondReach, isOfGroup } from './reaction-target.ts';

const OLDEST_MS = 30 * 24 * 60 * 60_000;
const ONE_EMOJI = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic})$/v;

type Target = typeof messages.$inferSelect;

/**
 * Reacts to a customer's message, or takes the reaction back with an empty emoji, and queues it, fsynced. A
 * business has one reaction a message: a new one takes the place of the last, also of one still waiting. Taking back
 * what is not there, or what the customer cannot see any more, sends nothing.
 * Throws `Invalid` for the emoji, `NotFound`, `Forbidden`, `Problem` 409 `message-deleted` when its sender deleted the
 * message, and `Problem` 422: `no-reaction`, `too-old`, and those of composing.
 */
export function react(
  inbox: Inbox,
  { messageId, emoji: given }: { messageId: number; emoji: string },
  viewer: Viewer,
  now: number,
): Promise<LiveChange> {
  return inbox.turn(async (commit) => {
    const target = await readTarget(inbox, messageId);
    const conversation = await findConversation(inbox, target.conversationId, viewer);
    demand(viewer, 'messages.send');
    const emoji = readEmoji(given);
    const change = { conversationId: conversation.id, messages: [messageId] };
    const before = await ourReaction(inbox, messageId);
    if (emoji === '' && isTakenBack(before)) {
      return change;
    } else if (emoji === '' && before && isBeyondReach(target)) {
      await commit('full', [withdraw(inbox, before.id), clear(inbox, before, viewer, now)]);
      return change;
    }
    refuseUnreactable(target, now);
    const recipients = await loadRecipients(inbox, [conversation.id]);
    const obstacle = obstacleTo(recipients.get(conversation.id), now);
    if (obstacle) {
      throw obstacleProblem(obstacle);
    }
    // One that was refused is tried anew.
    if ((before?.emoji ?? '') !== emoji || before?.status === 'failed') {
      const { id: conversationId, numberId } = conversation;
      await commit('full', [
        ...(before ? [withdraw(inbox, before.id)] : []),
        ...reactionStatements(inbox, { target, emoji, viewer, now, conversationId, numberId }),
      ]);
    }
    return change;
  });
}

function readEmoji(given: string): string {
  const emoji = clean(given).trim();
  if (emoji !== '' && !ONE_EMOJI.test(emoji)) {
    throw new Invalid({ emoji: 'Choose one emoji.' });
  }
  return emoji;
}

async function readTarget({ sql: db }: Inbox, messageId: number): Promise<Target> {
  const [target] = await db.select().from(messages).where(eq(messages.id, messageId)).limit(1);
  if (!target) {
    throw new NotFound(`message ${messageId}`);
  }
  return target;
}

/** Throws for what Meta would refuse. */
function refuseUnreactable(target: Target, now: number): void {
  const { direction, type, wamid, orderedAt, revokedAt } = target;
  if (revokedAt !== null) {
    throw new Problem(
      409,
      'message-deleted',
      'This message was deleted.',
      'Its sender took it back, so that there is nothing to react to. Write an answer instead.',
    );
  } else if (direction !== 'in' || wamid === null || type === 'call') {
    throw new Problem(
      422,
      'no-reaction',
      'This message takes no reaction.',
      'React to one of the customer’s messages.',
    );
  } else if (isOfGroup(target)) {
    throw new Problem(
      422,
      'no-reaction',
      'This message takes no reaction.',
      'It was said in a group, which reactions from here do not reach. Write an answer: it goes to this person alone.',
    );
  } else if (orderedAt < now - OLDEST_MS) {
    throw new Problem(
      422,
      'too-old',
      'This message is too old for a reaction.',
      'WhatsApp allows reactions for 30 days. Write an answer instead.',
    );
  }
}

/** The business's own reaction to a message, also one taken back; null when there never was one. */
export async function ourReaction({ sql: db }: Inbox, messageId: number) {
  const [reaction] = await db
    .select()
    .from(reactions)
    .where(and(eq(reactions.messageId, messageId), eq(reactions.side, 'out'), eq(reactions.by, 0)))
    .limit(1);
  return reaction ?? null;
}

type Reaction = typeof reactions.$inferSelect;

/** There is none on the customer's phone, nor on its way there. */
const isTakenBack = (before: Reaction | null): boolean =>
  before === null || (before.emoji === '' && before.status !== 'failed');

/** Gone here, and nothing to be sent. A new id, so that what becomes of one on its way is none of its concern. */
function clear({ sql: db, nextId }: Inbox, { id }: Reaction, viewer: Viewer, now: number): Statement {
  const authorId = viewer.kind === 'person' ? viewer.userId : null;
  return db
    .update(reactions)
    .set({ id: nextId(), emoji: '', at: now, authorId, status: 'cancelled', error: null })
    .where(eq(reactions.id, id));
}

/** One that waits is not sent any more; one on its way arrives first, since a conversation sends in order. */
function withdraw({ sql: db }: Inbox, reactionId: number): Statement {
  return db
    .delete(outbox)
    .where(
      and(eq(outbox.reactionId, reactionId), or(eq(outbox.state, 'queued'), eq(outbox.state, 'unknown'))),
    );
}

type Reacting = {
  target: Target;
  emoji: string;
  viewer: Viewer;
  now: number;
  conversationId: number;
  numberId: number;
};

function reactionStatements(inbox: Inbox, reacting: Reacting): Statement[] {
  const { target, emoji, viewer, now, conversationId, numberId } = reacting;
  const id = inbox.nextId();
  const authorId = viewer.kind === 'person' ? viewer.userId : null;
  return [
    inbox.sql
      .insert(reactions)
      .values({ messageId: target.id, side: 'out', by: 0, id, emoji, at: now, authorId, status: 'queued' })
      .onConflictDoUpdate({
        target: [reactions.messageId, reactions.side, reactions.by],
        set: { id, emoji, at: now, authorId, status: 'queued', error: sql`null` },
      }),
    queue(inbox, { reactionId: id }, { numberId, conversationId, lane: 'interactive', notBefore: now }),
  ];
}
