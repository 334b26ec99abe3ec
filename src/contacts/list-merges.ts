import { and, desc, eq, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { maskedName, seesPhones } from '#src/conversations/masking.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { contacts, members, merges } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { shownName } from './shown-name.ts';

/** A contact that was merged into a person, as it can be parted from them again. */
export type MergeShown = {
  id: number;
  /** What the contact that was merged is called by itself. */
  name: string;
  why: (typeof merges.$inferSelect)['why'];
  /** Who did it; null when it was WhatsApp that showed the two to be one. */
  by: string | null;
  at: number;
};

/** What a person is made of, the last merge first. That the viewer may see the person is for `findPerson` to say. */
export async function listMerges(inbox: Inbox, survivorId: number, viewer: Viewer): Promise<MergeShown[]> {
  const from = alias(contacts, 'merged');
  const rows = await inbox.sql
    .select({ id: merges.id, name: shownName(from, from), why: merges.why, by: members.name, at: merges.at })
    .from(from)
    .innerJoin(merges, and(eq(merges.fromContact, from.id), isNull(merges.undoneAt)))
    .leftJoin(members, eq(members.userId, merges.by))
    .where(eq(from.mergedIntoId, survivorId))
    .orderBy(desc(merges.id));
  return seesPhones(viewer) ? rows : rows.map((row) => ({ ...row, name: maskedName(row.name) }));
}
