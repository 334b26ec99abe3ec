import type { LiveChange } from './change.ts';

export const KEPT_MS = 15 * 60_000;
export const KEPT_PUSHES = 5_000;

/**
 * The last pushes of an account, so that a socket that was away for a moment catches up. What changed is kept,
 * not what was rendered: replay shows the present, and only what its viewer may see now.
 */
export type History = {
  /** Takes note of a push and gives it its number. */
  add(change: LiveChange): number;
  /** The number of the newest push. */
  last(): number;
  /** What was pushed after number `seen`, or null when that is no longer all known. */
  since(seen: number): LiveChange[] | null;
  forgetOld(): void;
  /** How many pushes are kept. */
  readonly size: number;
  /** From here on nothing that was pushed before is known any more: whoever was away fetches everything anew. */
  forgetAll(): void;
};

const NO_MESSAGE = 0;

export function createHistory(now: () => number): History {
  // Every account keeps thousands, most of them of one message at most: side by side rather than as objects, which a
  // collection would have to walk, and without their numbers, which follow from the last one.
  let times: number[] = [];
  let conversations: number[] = [];
  let messages: number[] = [];
  /** Changes of more than one message, by their numbers. */
  const others = new Map<number, LiveChange>();
  let last = 0;

  const before = () => last - times.length;

  function forgetOld(): void {
    const oldest = now() - KEPT_MS;
    const kept = times.findIndex((at) => at >= oldest);
    const surplus = Math.max(0, times.length - KEPT_PUSHES);
    const from = Math.max(kept === -1 ? times.length : kept, surplus);
    times = times.slice(from);
    conversations = conversations.slice(from);
    messages = messages.slice(from);
    for (const n of others.keys()) {
      if (n > before()) {
        break;
      }
      others.delete(n);
    }
  }

  function keep(change: LiveChange): void {
    const [message = NO_MESSAGE, ...more] = change.messages ?? [];
    const isPlain = more.length === 0 && !change.events?.length && !change.left?.length && !change.redraw;
    conversations.push(change.conversationId);
    messages.push(isPlain ? message : NO_MESSAGE);
    if (!isPlain) {
      others.set(last, withoutEmpty(change));
    }
  }

  function changeAt(place: number): LiveChange {
    const [conversationId = 0, message] = [conversations[place], messages[place]];
    const plain = message === NO_MESSAGE ? { conversationId } : { conversationId, messages: [message ?? 0] };
    return others.get(before() + place + 1) ?? plain;
  }

  return {
    add(change) {
      last += 1;
      times.push(now());
      keep(change);
      // Now and then: also of an account that nobody watches, of which there may be many.
      if (times.length > KEPT_PUSHES * 1.2 || now() - (times[0] ?? 0) > KEPT_MS * 2) {
        forgetOld();
      }
      return last;
    },
    last: () => last,
    get size() {
      return times.length;
    },
    since(seen) {
      forgetOld();
      const isKnown = seen >= before() && seen <= last;
      return isKnown
        ? times.slice(seen - before()).map((_, place) => changeAt(seen - before() + place))
        : null;
    },
    forgetOld,
    forgetAll() {
      last += 1;
      [times, conversations, messages] = [[], [], []];
      others.clear();
    },
  };
}

function withoutEmpty({ conversationId, redraw = false, ...lists }: LiveChange): LiveChange {
  const said = redraw ? [['redraw', true] as const] : [];
  const filled = [...said, ...Object.entries(lists).filter(([, list]) => list.length > 0)];
  return { conversationId, ...Object.fromEntries(filled) };
}
