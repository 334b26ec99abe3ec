import { and, inArray, isNull } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import { closingStatements } from '#src/conversations/closure.ts';
import { eventRow } from '#src/conversations/events.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { contacts, conversations } from '#src/db/schema/inbox/index.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { findPerson } from './contact.ts';
import { mergedInto } from './members.ts';

type ConversationRow = typeof conversations.$inferSelect;
export type Blocking = {
  contactId: number;
  /** Where somebody goes who has just done it: a conversation of theirs that they may see. */
  conversationId: number;
  /** One for each number on which WhatsApp is to be told. */
  threads: ConversationRow[];
  changes: LiveChange[];
};

/**
 * Blocks a customer here, at once and whatever WhatsApp says: nothing is sent to them, and what they write opens nothing
 * and asks for no answer. Their conversations are closed. Twice is as once, but WhatsApp may be told again.
 * Throws `NotFound` and `Forbidden`.
 */
export const block = (inbox: Inbox, contactId: number, viewer: Viewer, now: number): Promise<Blocking> =>
  setBlocked(inbox, contactId, viewer, { now, isBlocking: true });

/** Takes it back. Conversations stay as they are until somebody writes. Throws `NotFound` and `Forbidden`. */
export const unblock = (inbox: Inbox, contactId: number, viewer: Viewer, now: number): Promise<Blocking> =>
  setBlocked(inbox, contactId, viewer, { now, isBlocking: false });

type Wanted = { now: number; isBlocking: boolean };

function setBlocked(
  inbox: Inbox,
  contactId: number,
  viewer: Viewer,
  { now, isBlocking }: Wanted,
): Promise<Blocking> {
  return inbox.turn(async (commit) => {
    const person = await findPerson(inbox, contactId, viewer);
    demand(viewer, 'contacts.block');
    const members = [person.id, ...mergedInto(inbox, [person.id]).map(({ id }) => id)];
    const threads = await readThreads(inbox, members);
    const news = (await isBlocked(inbox, members)) === isBlocking ? [] : threads;
    const told = news.map((thread) => ({ thread, eventId: inbox.nextId() }));
    const kind = isBlocking ? 'contact.blocked' : 'contact.unblocked';
    const action = isBlocking ? 'block.made' : 'block.ended';
    if (told.length > 0) {
      await commit('full', [
        inbox.sql
          .update(contacts)
          .set({ blockedAt: isBlocking ? now : null, updatedAt: now })
          .where(inArray(contacts.id, members)),
        ...told.flatMap(({ thread: { id, caseId }, eventId }) => [
          ...(isBlocking ? closingStatements(inbox, id, viewer, now) : []),
          eventRow(inbox, viewer, { id: eventId, conversationId: id, caseId, at: now, kind }),
        ]),
        auditRow(inbox, { at: now, actor: viewer, action, object: `contact:${person.id}` }),
      ]);
    }
    return {
      contactId: person.id,
      conversationId: person.conversations[0]?.id ?? 0,
      threads,
      changes: told.map(({ thread, eventId }) => ({
        conversationId: thread.id,
        events: [eventId],
        // The box to write in comes or goes.
        redraw: true,
      })),
    };
  });
}

const readThreads = ({ sql: db }: Inbox, members: number[]) =>
  db
    .select()
    .from(conversations)
    .where(and(inArray(conversations.contactId, members), isNull(conversations.mergedIntoId)));

async function isBlocked({ sql: db }: Inbox, members: number[]): Promise<boolean> {
  const rows = await db
    .select({ blockedAt: contacts.blockedAt })
    .from(contacts)
    .where(inArray(contacts.id, members));
  return rows.some(({ blockedAt }) => blockedAt !== null);
}

/** Writes what WhatsApp said to it, into each conversation and the trail. */
export function noteRefusals(
  inbox: Inbox,
  { contactId }: Pick<Blocking, 'contactId'>,
  refused: readonly { thread: ConversationRow; kind: RefusedKind; reason: string }[],
  viewer: Viewer,
  now: number,
): Promise<LiveChange[]> {
  return inbox.turn(async (commit) => {
    const told = refused.map((one) => ({ ...one, eventId: inbox.nextId() }));
    await commit(
      'full',
      told.flatMap(({ thread: { id, caseId, numberId }, kind, reason, eventId }) => [
        eventRow(inbox, viewer, { id: eventId, conversationId: id, caseId, at: now, kind }),
        auditRow(inbox, {
          at: now,
          actor: { kind: 'system' },
          action: 'block.refused',
          object: `contact:${contactId}`,
          data: { reason, number_id: numberId },
        }),
      ]),
    );
    return told.map(({ thread, eventId }) => ({ conversationId: thread.id, events: [eventId] }));
  });
}

export type RefusedKind = 'contact.block_too_late' | 'contact.block_failed' | 'contact.unblock_failed';
