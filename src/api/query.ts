import { parseId } from '#src/conversations/conversation.ts';
import type { ConversationState, Filter } from '#src/conversations/filter.ts';
import { conversationStates } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';

export const LARGEST_LIMIT = 100;
export const USUAL_LIMIT = 25;

type Given = string | undefined;

/** A parameter without a value is one that was not given. */
const isMissing = (given: Given): given is undefined | '' => given === undefined || given === '';

/** How many to list. Throws `Invalid({ limit })`. */
export function readLimit(given: Given): number {
  const limit = isMissing(given) ? USUAL_LIMIT : Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_LIMIT) {
    throw new Invalid({ limit: `Give a whole number from 1 to ${LARGEST_LIMIT}.` });
  }
  return limit;
}

/** Where a list of messages goes on. Throws `Invalid({ cursor })`: passed over, it would give the first page for ever. */
export function readBefore({ before, cursor }: { before?: Given; cursor?: Given }): string | undefined {
  if (!isMissing(cursor)) {
    throw new Invalid({ cursor: 'Messages go on from `before`: give it the `next` of the answer before.' });
  }
  return readCursorText(before);
}

export function readCursorText(given: Given): string | undefined {
  return isMissing(given) ? undefined : given;
}

/** Which conversations to list. Throws `Invalid({ state })` or `Invalid({ assignee })`. */
export function readFilter({ state, assignee }: { state?: Given; assignee?: Given }): Filter {
  return { state: readState(state), assignee: readAssignee(assignee) };
}

function readState(given: Given): ConversationState | undefined {
  const state = conversationStates.find((known) => known === given);
  if (state === undefined && !isMissing(given)) {
    throw new Invalid({ state: `Give one of ${conversationStates.join(', ')}.` });
  }
  return state;
}

function readAssignee(given: Given): Filter['assignee'] {
  if (isMissing(given)) {
    return undefined;
  } else if (given === 'none') {
    return given;
  }
  const id = parseId(given);
  if (id === null) {
    throw new Invalid({ assignee: 'Give the id of a member, or none.' });
  }
  return id;
}
