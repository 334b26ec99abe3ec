import { mergeThreads, survivingThreads } from '#src/conversations/merge-threads.ts';
import { noteEvent } from '#src/conversations/noted-event.ts';
import type { mergeReasons } from '#src/db/schema/inbox/index.ts';
import type { Run } from '#src/webhooks/run.ts';
import type { KnownContact } from '#src/webhooks/stored.ts';
import { identitiesOf } from './person.ts';

export type Merging = {
  why: (typeof mergeReasons)[number];
  /** Who did it, when it was a person: then it counts also after an undoing. */
  by?: number;
  /** Our clock, ms. */
  at: number;
};

/**
 * Makes two contacts one: the younger points to the older, and so do their conversations on each number. Nothing of
 * either is rewritten, so that undoing it only has to clear the pointers. Gives the surviving contact; the first one
 * when a person has parted the two before.
 */
export function mergePeople(
  run: Run,
  one: KnownContact,
  other: KnownContact,
  { why, by, at }: Merging,
): KnownContact {
  if (one.id === other.id || (why !== 'person' && areParted(run, one, other))) {
    return one;
  }
  const [into, from] = one.id < other.id ? [one, other] : [other, one];
  const id = run.nextId();
  const name = betterName(run, into, from);
  const data = name ? { name: into.name, name_source: into.nameSource } : {};
  run.made.merges.push({
    id,
    fromContact: from.id,
    intoContact: into.id,
    why,
    by: by ?? null,
    at,
    data: JSON.stringify(data),
  });
  for (const member of run.contacts.group(from.id)) {
    run.contacts.change(member.id, { mergedIntoId: into.id, updatedAt: at });
  }
  run.contacts.change(into.id, { ...name, updatedAt: at });
  mergeThreads(run, into.id);
  for (const { id: conversationId, caseId } of survivingThreads(run, into.id)) {
    const actor =
      by === undefined ? { actorKind: 'system' as const } : { actorKind: 'person' as const, actorId: by };
    noteEvent(run, {
      conversationId,
      caseId,
      at,
      ...actor,
      kind: 'contact.merged',
      data: { merge_id: id, why },
    });
  }
  return run.contacts.get(into.id) ?? into;
}

function areParted(run: Run, one: KnownContact, other: KnownContact): boolean {
  const ids = (contact: KnownContact) => run.contacts.group(contact.id).map(({ id }) => id);
  return run.isParted(ids(one), ids(other));
}

const SOURCES: readonly KnownContact['nameSource'][] = ['none', 'profile', 'import', 'person'];

/** What people gave somebody counts more than what customers call themselves, and of that the newest. */
function betterName(run: Run, into: KnownContact, from: KnownContact) {
  const [rank, otherRank] = [SOURCES.indexOf(into.nameSource), SOURCES.indexOf(from.nameSource)];
  const isNewer = from.nameSource === 'profile' && lastSeen(run, from.id) > lastSeen(run, into.id);
  const isBetter = otherRank > rank || (otherRank === rank && isNewer);
  return isBetter && from.name !== into.name ? { name: from.name, nameSource: from.nameSource } : null;
}

const lastSeen = (run: Run, contactId: number) =>
  Math.max(0, ...identitiesOf(run, contactId).map(({ seenAt }) => seenAt));
