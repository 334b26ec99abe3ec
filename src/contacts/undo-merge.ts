import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Conversation } from '#src/conversations/conversation.ts';
import { eventRow } from '#src/conversations/events.ts';
import { standing } from '#src/conversations/standing.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { contacts, conversations, identities, merges } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { contactWords } from '#src/search/contact-words.ts';
import { renameContacts } from '#src/search/index-rows.ts';
import { findPerson } from './contact.ts';

export type Merge = typeof merges.$inferSelect;
type Contact = typeof contacts.$inferSelect;

/**
 * Parts two contacts that were merged: clears the pointers of contacts and conversations, and nothing else. What was
 * written meanwhile stays in the conversation that it was written in; so do identities that were learnt, drafts, and
 * who has which conversation. From now on only a person merges the two again. Undoing twice changes nothing. Throws
 * `NotFound` and `Forbidden`. Gives the contact that was the surviving one.
 */
export function undoMerge(
  inbox: Inbox,
  mergeId: number,
  viewer: Viewer,
  now: number,
): Promise<{ contactId: number; changes: LiveChange[] }> {
  return inbox.turn(async (commit) => {
    const merge = await findMerge(inbox, mergeId);
    const { id: survivorId } = await findPerson(inbox, merge.intoContact, viewer);
    demand(viewer, 'contacts.merge');
    if (merge.undoneAt !== null) {
      return { contactId: survivorId, changes: [] };
    }
    const people = await readPeople(inbox, survivorId);
    const roots = await rootsWithout(inbox, people, mergeId);
    const threads = await regroup(inbox, people, roots);
    const events = threads.map(({ id, caseId }) => ({ id: inbox.nextId(), conversationId: id, caseId }));
    const by = viewer.kind === 'person' ? viewer.userId : null;
    const data = { merge_id: mergeId, from_contact: merge.fromContact, into_contact: merge.intoContact };
    await commit('full', [
      inbox.sql.update(merges).set({ undoneAt: now, undoneBy: by }).where(eq(merges.id, mergeId)),
      ...people.flatMap((person) => pointContact(inbox, person, roots, now)),
      ...(await nameBefore(inbox, merge, people)),
      ...threads.flatMap(({ statements }) => statements),
      ...events.map((event) => eventRow(inbox, viewer, { ...event, at: now, kind: 'contact.parted' })),
      auditRow(inbox, {
        at: now,
        actor: viewer,
        action: 'merge.undone',
        object: `contact:${survivorId}`,
        data,
      }),
    ]);
    const changes = events.map(({ id, conversationId }) => ({ conversationId, events: [id], redraw: true }));
    return { contactId: survivorId, changes };
  });
}

async function findMerge({ sql: db }: Inbox, id: number): Promise<Merge> {
  const [merge] = await db.select().from(merges).where(eq(merges.id, id)).limit(1);
  if (!merge) {
    throw new NotFound(`merge ${id}`);
  }
  return merge;
}

function readPeople({ sql: db }: Inbox, survivorId: number): Promise<Contact[]> {
  return db
    .select()
    .from(contacts)
    .where(or(eq(contacts.id, survivorId), eq(contacts.mergedIntoId, survivorId)));
}

/** Who each of these contacts is by the merges that are left. */
async function rootsWithout(
  { sql: db }: Inbox,
  people: readonly Contact[],
  undoneId: number,
): Promise<Map<number, number>> {
  const ids = people.map(({ id }) => id);
  const left = await db
    .select()
    .from(merges)
    .where(and(inArray(merges.fromContact, ids), isNull(merges.undoneAt)));
  const into = new Map(
    left.filter(({ id }) => id !== undoneId).map((merge) => [merge.fromContact, merge.intoContact]),
  );
  const rootOf = (id: number): number => {
    const next = into.get(id);
    return next === undefined ? id : rootOf(next);
  };
  return new Map(ids.map((id) => [id, rootOf(id)]));
}

function pointContact(
  { sql: db }: Inbox,
  { id, mergedIntoId: before }: Contact,
  roots: ReadonlyMap<number, number>,
  now: number,
): Statement[] {
  const root = roots.get(id) ?? id;
  const mergedIntoId = root === id ? null : root;
  return mergedIntoId === before
    ? []
    : [db.update(contacts).set({ mergedIntoId, updatedAt: now }).where(eq(contacts.id, id))];
}

/** The surviving contact gives back a name that it had taken over, unless it was given another one since. */
async function nameBefore(inbox: Inbox, merge: Merge, people: readonly Contact[]): Promise<Statement[]> {
  const { sql: db } = inbox;
  const { name, name_source: nameSource } = JSON.parse(merge.data);
  const id = merge.intoContact;
  const into = people.find((person) => person.id === id);
  const from = people.find((person) => person.id === merge.fromContact);
  if (name === undefined || into?.name !== from?.name || into?.nameSource !== from?.nameSource) {
    return [];
  }
  const known = await db.select().from(identities).where(eq(identities.contactId, id));
  return [
    db.update(contacts).set({ name, nameSource }).where(eq(contacts.id, id)),
    ...renameContacts([{ id, search: contactWords(name, known) }]),
  ];
}

type Regrouped = { id: number; caseId: number | null; statements: Statement[] };

/**
 * The conversations that stand for others or alone now, of everybody concerned: on each number a person's oldest.
 * Those whose parts are others now are worked out anew from what is in them.
 */
async function regroup(
  inbox: Inbox,
  people: readonly Contact[],
  roots: ReadonlyMap<number, number>,
): Promise<Regrouped[]> {
  const ids = people.map(({ id }) => id);
  const all = await inbox.sql.select().from(conversations).where(inArray(conversations.contactId, ids));
  const groups = Map.groupBy(
    all,
    ({ numberId, contactId }) => `${numberId} ${roots.get(contactId) ?? contactId}`,
  );
  const regrouped: Regrouped[] = [];
  for (const group of groups.values()) {
    const [first, ...others] = group.sort((a, b) => a.id - b.id);
    if (first && isOther(first, others, all)) {
      regrouped.push(await stand(inbox, first, others));
    }
  }
  return regrouped;
}

/** Whether it stood for others than these until now. */
function isOther(
  first: Conversation,
  others: readonly Conversation[],
  all: readonly Conversation[],
): boolean {
  const before = all.filter(({ mergedIntoId }) => mergedIntoId === first.id);
  return (
    first.mergedIntoId !== null ||
    before.length !== others.length ||
    others.some(({ mergedIntoId }) => mergedIntoId !== first.id)
  );
}

async function stand(inbox: Inbox, first: Conversation, others: readonly Conversation[]): Promise<Regrouped> {
  const { sql: db } = inbox;
  const stands = await standing(inbox, first, [first.id, ...others.map(({ id }) => id)]);
  return {
    id: first.id,
    caseId: stands.caseId ?? null,
    statements: [
      db
        .update(conversations)
        .set({ ...stands, mergedIntoId: null })
        .where(eq(conversations.id, first.id)),
      ...others.map(({ id }) =>
        db.update(conversations).set({ mergedIntoId: first.id }).where(eq(conversations.id, id)),
      ),
    ],
  };
}
