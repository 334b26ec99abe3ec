import { parseId } from '#src/conversations/conversation.ts';
import { readCursor } from '#src/conversations/cursor.ts';
import { directions } from '#src/db/schema/inbox/messages.ts';
import { Invalid } from '#src/errors.ts';
import { dayAfter, dayStart } from './day.ts';
import { type Narrowing, type Order, orders } from './found.ts';

/** A search as it stands in an address; a field that was left empty is one that was not given. */
export type Asked = {
  q: string;
  number: string;
  /** A member's id, or `none`. */
  assignee: string;
  /** Who said it: `in`, `out` or `note`. */
  by: string;
  /** The first and the last day, as `2026-11-23`. */
  since: string;
  until: string;
  order: string;
  /** `contacts`: nothing but contacts, and more of them. */
  only: string;
  cursor: string;
};

/** Nothing is asked for. */
export const BLANK: Asked = {
  q: '',
  number: '',
  assignee: '',
  by: '',
  since: '',
  until: '',
  order: '',
  only: '',
  cursor: '',
};

/** What narrows a search. Throws `Invalid` for a value that nothing can be narrowed by. */
export function readNarrowing({ number, assignee, by, since, until }: Asked, timeZone: string): Narrowing {
  return {
    ...(number === '' ? {} : { numberId: readId('number', number) }),
    ...(assignee === '' ? {} : { assignee: assignee === 'none' ? assignee : readId('assignee', assignee) }),
    ...(by === '' ? {} : { directions: [readDirection(by)] }),
    ...(since === '' ? {} : { from: readDay('since', since, timeZone) }),
    ...(until === '' ? {} : { before: readDay('until', until, timeZone, dayAfter) }),
  };
}

/** Whether a search is narrowed by what only messages have. */
export const isOfMessages = ({ directions: said, from, before }: Narrowing) =>
  said !== undefined || from !== undefined || before !== undefined;

export const readOrder = ({ order }: Pick<Asked, 'order'>): Order =>
  orders.find((known) => known === order) ?? 'newest';

/** Where a page begins. Throws `Invalid({ cursor })`. */
export function readAfter({ cursor }: Pick<Asked, 'cursor'>): number | null {
  return cursor === '' ? null : (readCursor(cursor, 1)[0] ?? null);
}

function readId(name: string, text: string): number {
  const id = parseId(text);
  if (id === null) {
    throw new Invalid({ [name]: 'Choose one from the list.' });
  }
  return id;
}

function readDirection(text: string) {
  const direction = directions.find((known) => known === text);
  if (direction === undefined) {
    throw new Invalid({ by: `Give one of ${directions.join(', ')}.` });
  }
  return direction;
}

function readDay(name: string, date: string, timeZone: string, next = (day: string) => day): number {
  const at = dayStart(date, timeZone) === null ? null : dayStart(next(date), timeZone);
  if (at === null) {
    throw new Invalid({ [name]: 'Give a day like 2026-11-23.' });
  }
  return at;
}
