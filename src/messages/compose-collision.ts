import { and, desc, eq, inArray, notInArray } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { members, messages } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { threadParts } from './thread.ts';

/** A colleague's answer that the writer had not seen when they began to write. */
export type Collision = {
  messageId: number;
  author: { kind: 'person' | 'api' | 'phone_app'; name: string };
  at: number;
};

/** The message was not written: somebody else has answered meanwhile, and whether to send it still is to be asked. */
export class AnsweredMeanwhile extends Error {
  readonly collision: Collision;

  constructor(collision: Collision) {
    super('somebody else has answered meanwhile');
    this.collision = collision;
  }
}

const ANSWERS = ['person', 'api', 'phone_app'] as const;
/** Whoever has not seen more than this many messages is not asked about older ones. */
const LOOK_BACK = 50;

/** Throws `AnsweredMeanwhile` if somebody else has answered after the message `seenId`; 0 is before all of them. */
export async function refuseCollision(
  inbox: Inbox,
  conversationId: number,
  seenId: number,
  viewer: Viewer,
): Promise<void> {
  const { id, authorKind, authorId, direction, status, orderedAt } = messages;
  const newest = await inbox.sql
    .select({ id, authorKind, authorId, orderedAt, name: members.name })
    .from(messages)
    .leftJoin(members, eq(members.userId, authorId))
    .where(
      and(
        inArray(messages.conversationId, await threadParts(inbox, conversationId)),
        eq(direction, 'out'),
        notInArray(status, ['failed', 'cancelled']),
      ),
    )
    .orderBy(desc(orderedAt), desc(id))
    .limit(LOOK_BACK);
  for (const answer of newest) {
    const kind = ANSWERS.find((known) => known === answer.authorKind);
    if (kind && answer.id > seenId && !isOwn(answer, viewer)) {
      const name = kind === 'person' ? (answer.name ?? '') : '';
      throw new AnsweredMeanwhile({
        messageId: answer.id,
        author: { kind, name },
        at: answer.orderedAt,
      });
    }
  }
}

function isOwn(answer: { authorKind: string; authorId: number | null }, viewer: Viewer): boolean {
  return viewer.kind === 'person'
    ? answer.authorKind === 'person' && answer.authorId === viewer.userId
    : answer.authorKind === 'api' && answer.authorId === viewer.keyId;
}
