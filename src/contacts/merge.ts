import { auditRow } from '#src/audit/audit-row.ts';
import { maskedName, seesPhones } from '#src/conversations/masking.ts';
import { survivingThreads } from '#src/conversations/merge-threads.ts';
import { maySee } from '#src/conversations/visible.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { Invalid } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { changesOf } from '#src/webhooks/journal-rows.ts';
import { loadStoredPeople } from '#src/webhooks/load-stored.ts';
import { beginRun, type Run } from '#src/webhooks/run.ts';
import { statementsOf } from '#src/webhooks/write-run.ts';
import { findPerson, type Person } from './contact.ts';
import { mergePeople } from './merge-people.ts';
import { hasOtherBsuid, identitiesOf } from './person.ts';

type Pair = { contactId: number; otherId: number };

/** What merging two people comes to. */
export type MergePreview = {
  one: Person;
  other: Person;
  /** Which of the two contacts survives: the older. */
  survivorId: number;
  /** The name that both have then. */
  name: string;
  /** WhatsApp knows both, by different BSUIDs: two people, or two phones of one. */
  areTwoAtMeta: boolean;
  /** One for each number on which either is spoken with, as far as the viewer may see it. */
  threads: { numberId: number; conversationId: number; isJoined: boolean; assigneeId: number | null }[];
};

/** What would happen, without doing it. Throws as `merge` does. */
export async function previewMerge(
  inbox: Inbox,
  pair: Pair,
  viewer: Viewer,
  now: number,
): Promise<MergePreview> {
  const { run, one, other } = await prepare(inbox, pair, viewer);
  const bsuids = identitiesOf(run, one.id).filter(
    ({ kind, retiredAt }) => kind === 'bsuid' && retiredAt === null,
  );
  const areTwoAtMeta = bsuids.some((bsuid) => hasOtherBsuid(run, other.id, bsuid));
  const survivor = mergeIn(run, { one, other }, viewer, now);
  const name = survivor.name || ([one, other].find(({ id }) => id === survivor.id)?.name ?? '');
  return {
    one,
    other,
    survivorId: survivor.id,
    name: seesPhones(viewer) ? name : maskedName(name),
    areTwoAtMeta,
    threads: survivingThreads(run, survivor.id)
      .filter((thread) => maySee(viewer, thread))
      .map(({ id, numberId, assigneeId }) => ({
        numberId,
        conversationId: id,
        isJoined: run.made.hidden.some((hidden) => hidden.intoId === id),
        assigneeId,
      })),
  };
}

/**
 * Makes two people one, because somebody says so: the younger contact points to the older. Gives the surviving one.
 * Throws `NotFound`, `Forbidden`, and `Invalid({ other })` when they are one already, or when what the viewer may not see
 * would become part of what they may.
 */
export function merge(
  inbox: Inbox,
  pair: Pair,
  viewer: Viewer,
  now: number,
): Promise<{ contactId: number; changes: LiveChange[] }> {
  return inbox.turn(async (commit) => {
    const { run, one, other } = await prepare(inbox, pair, viewer);
    const { id } = mergeIn(run, { one, other }, viewer, now);
    const [row] = run.made.merges;
    const data = { merge_id: row?.id, from_contact: row?.fromContact, into_contact: row?.intoContact };
    await commit('full', [
      ...statementsOf(run),
      auditRow(inbox, { at: now, actor: viewer, action: 'merge.made', object: `contact:${id}`, data }),
    ]);
    return { contactId: id, changes: changesOf(run) };
  });
}

async function prepare(inbox: Inbox, { contactId, otherId }: Pair, viewer: Viewer) {
  const one = await findPerson(inbox, contactId, viewer);
  demand(viewer, 'contacts.merge');
  const other = await findPerson(inbox, otherId, viewer);
  if (one.id === other.id) {
    throw new Invalid({ other: 'These two are one contact already.' });
  }
  const origin = { installId: '', accountId: inbox.accountId, nextId: inbox.nextId };
  const run = beginRun(loadStoredPeople(inbox, [one.id, other.id]), origin);
  if (joinsHidden(run, [one, other], viewer)) {
    throw new Invalid({ other: HIDDEN });
  }
  return { run, one, other };
}

const HIDDEN =
  'A conversation that you may not see would become part of one that you may. Ask somebody who sees both to merge them.';

/** A person is seen through one conversation, but merged on every number. */
function joinsHidden(run: Run, pair: readonly Person[], viewer: Viewer): boolean {
  const threads = pair.flatMap(({ id }) => survivingThreads(run, id));
  const joined = [...Map.groupBy(threads, ({ numberId }) => numberId).values()].filter(
    (ofNumber) => ofNumber.length > 1,
  );
  return joined.flat().some((thread) => !maySee(viewer, thread));
}

function mergeIn(run: Run, { one, other }: { one: Person; other: Person }, viewer: Viewer, now: number) {
  const [first, second] = [run.contacts.get(one.id), run.contacts.get(other.id)];
  if (!first || !second) {
    throw new Error('a contact that was found is not there');
  }
  const by = viewer.kind === 'person' ? { by: viewer.userId } : {};
  return mergePeople(run, first, second, { why: 'person', ...by, at: now });
}
