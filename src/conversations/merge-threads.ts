import { pairKey, type Run, touch } from '#src/webhooks/run.ts';
import type { KnownConversation } from '#src/webhooks/stored.ts';

/** The conversations that a person is shown with: one for each number. */
export function survivingThreads(run: Run, contactId: number): KnownConversation[] {
  return threadsOf(run, contactId).filter(({ mergedIntoId }) => mergedIntoId === null);
}

function threadsOf(run: Run, contactId: number): KnownConversation[] {
  const contacts = run.contacts.group(contactId);
  return run.numbers
    .all()
    .flatMap((number) => contacts.map((contact) => pairKey(number.id, contact.id)))
    .flatMap((pair) => run.conversations.find(pair) ?? []);
}

/**
 * Makes one of a person's conversations on each number: the younger points to the older, which from now on stands
 * for both. What happened in the younger keeps counting: the window stays open, and who waits goes on waiting.
 */
export function mergeThreads(run: Run, contactId: number): void {
  const byNumber = Map.groupBy(survivingThreads(run, contactId), ({ numberId }) => numberId);
  for (const threads of byNumber.values()) {
    const [oldest, ...younger] = threads.sort((a, b) => a.id - b.id);
    for (const thread of oldest ? younger : []) {
      mergeInto(run, oldest?.id ?? 0, thread);
    }
  }
}

function mergeInto(run: Run, id: number, from: KnownConversation): void {
  const into = run.conversations.get(id);
  if (!into) {
    return;
  }
  const after = standingForBoth(run, into, from);
  run.made.hidden.push({ id: from.id, intoId: id, assigneeId: from.assigneeId, teamId: from.teamId });
  for (const part of run.conversations.group(from.id)) {
    run.conversations.change(part.id, { mergedIntoId: id });
  }
  run.conversations.change(id, after);
  touch(run, id, { left: { assigneeId: into.assigneeId, teamId: into.teamId }, redraw: true });
}

function standingForBoth(
  run: Run,
  into: KnownConversation,
  from: KnownConversation,
): Partial<KnownConversation> {
  const last = from.lastOrderedAt > into.lastOrderedAt ? from : into;
  return {
    ...state(into, from),
    ...holder(run, into, from),
    lastArrivedAt: Math.max(into.lastArrivedAt, from.lastArrivedAt),
    lastOrderedAt: last.lastOrderedAt,
    lastMessageId: last.lastMessageId,
    snippet: last.snippet,
    lastInboundAt: later(into.lastInboundAt, from.lastInboundAt),
    lastInboundId: later(into.lastInboundId, from.lastInboundId),
    windowExpiresAt: later(into.windowExpiresAt, from.windowExpiresAt),
    waitingSince: earlier(into.waitingSince, from.waitingSince),
    caseId: openCaseId(run, into) ?? openCaseId(run, from) ?? into.caseId,
  };
}

const STATES: readonly KnownConversation['state'][] = ['closed', 'snoozed', 'open'];
const liveliness = ({ state }: KnownConversation) => STATES.indexOf(state);

function state(into: KnownConversation, from: KnownConversation) {
  const { state } = liveliness(from) > liveliness(into) ? from : into;
  return {
    state,
    snoozedUntil: state === 'snoozed' ? earlier(into.snoozedUntil, from.snoozedUntil) : null,
  };
}

/** It stays with whoever has the one that is being worked on; else with whoever had either last. */
function holder(run: Run, into: KnownConversation, from: KnownConversation) {
  const inOrder = liveliness(from) > liveliness(into) ? [from, into] : [into, from];
  const held = inOrder.find(({ assigneeId }) => assigneeId !== null && !run.gone.has(assigneeId));
  const { assigneeId, teamId } = held ?? { assigneeId: null, teamId: null };
  return { assigneeId, teamId: teamId ?? inOrder.find((one) => one.teamId !== null)?.teamId ?? null };
}

function openCaseId(run: Run, { id }: KnownConversation): number | null {
  const last = run.cases.find(String(id));
  return last?.closedAt === null ? last.id : null;
}

function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
