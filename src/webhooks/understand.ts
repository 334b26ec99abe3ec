import { takePreference } from '#src/contacts/consent-receive.ts';
import { changeIdentity } from '#src/contacts/identity-change.ts';
import { syncPhoneContact } from '#src/contacts/phone-contact.ts';
import { receive } from '#src/messages/receive.ts';
import { receiveCall } from '#src/messages/receive-call.ts';
import { receiveEcho, receiveOwnReaction } from '#src/messages/receive-echo.ts';
import { receiveHandover } from '#src/messages/receive-handover.ts';
import { receivePast } from '#src/messages/receive-past.ts';
import { receiveReaction } from '#src/messages/receive-reaction.ts';
import { receiveRewriting } from '#src/messages/receive-rewriting.ts';
import { receiveStatus } from '#src/messages/receive-status.ts';
import { takeAccountEvent } from '#src/numbers/take-account-event.ts';
import { takeHistoryChunk } from '#src/numbers/take-history.ts';
import { applyTemplateEvent } from '#src/templates/template-event.ts';
import type { Update } from '#src/whatsapp/updates.ts';
import { type Arrival, beginRun, type Origin, type Run } from './run.ts';
import type { Stored } from './stored.ts';

/** One item of a journalled change. */
export type Item = { update: Update; arrival: Arrival };

/** Why an item could not be taken in. */
export type BadItem = { item: Item; error: string };

/** More than this, and a bug is likelier than bad items: the run is taken apart instead. */
const MOST_BAD = 20;

/**
 * Works out what these items do. One that fails may have left half of itself in the run, so the run is begun
 * again without it. Throws when too many fail.
 */
export function understand(
  stored: Stored,
  origin: Origin,
  items: readonly Item[],
): { run: Run; bad: BadItem[] } {
  const bad = new Map<Item, string>(items.flatMap((item) => malformed(item)));
  const malformedItems = bad.size;
  for (;;) {
    const run = beginRun(stored, origin);
    const failed = applyUntilOneFails(run, items, bad);
    if (!failed) {
      return { run, bad: [...bad].map(([item, error]) => ({ item, error })) };
    } else if (bad.size - malformedItems >= MOST_BAD) {
      throw failed.error;
    }
    bad.set(failed.item, describe(failed.error));
  }
}

function malformed(item: Item): [Item, string][] {
  return item.update.kind === 'malformed' ? [[item, item.update.error]] : [];
}

function applyUntilOneFails(
  run: Run,
  items: readonly Item[],
  bad: ReadonlyMap<Item, string>,
): { item: Item; error: unknown } | null {
  for (const item of items) {
    if (!bad.has(item)) {
      try {
        apply(run, item);
      } catch (error) {
        return { item, error };
      }
    }
  }
  return null;
}

function apply(run: Run, { update, arrival }: Item): void {
  switch (update.kind) {
    case 'message':
      receive(run, update, arrival);
      break;
    case 'reaction':
      receiveReaction(run, update, arrival);
      break;
    case 'edit':
    case 'revoke':
      receiveRewriting(run, update, arrival);
      break;
    case 'call':
      receiveCall(run, update, arrival);
      break;
    case 'status':
      receiveStatus(run, update, arrival);
      break;
    case 'identity':
      changeIdentity(run, update, arrival);
      break;
    case 'echo':
      receiveEcho(run, update, arrival);
      break;
    case 'own-reaction':
      receiveOwnReaction(run, update, arrival);
      break;
    case 'past':
      receivePast(run, update, arrival);
      break;
    case 'history-chunk':
      takeHistoryChunk(run, update, arrival);
      break;
    case 'preference':
      takePreference(run, update, arrival);
      break;
    case 'phone-contact':
      syncPhoneContact(run, update, arrival);
      break;
    case 'handover':
      receiveHandover(run, update, arrival);
      break;
    case 'template':
      applyTemplateEvent(run, update, arrival);
      break;
    case 'account':
      takeAccountEvent(run, update, arrival);
      break;
    case 'other':
    case 'malformed':
      break;
  }
}

const LONGEST_ERROR = 500;

export function describe(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_ERROR);
}
