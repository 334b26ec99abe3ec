import { expect } from 'bun:test';
import { asc, gt } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { unroutedChanges } from '#src/db/schema/control.ts';
import { journal, journalItems, messages, parkedStatuses, statuses } from '#src/db/schema/inbox/index.ts';
import type { Spoiled } from './spoil.ts';

type Kept = { state: string; hasErrors: boolean };
type Book = {
  /** By tag: what was journalled, and what became of it. */
  journalled: Map<string, Kept>;
  unrouted: Set<string>;
  /** By wamid. */
  messages: Map<string, { type: string; text: string }>;
  /** wamids of which something is known while the message is not. */
  parked: Set<string>;
  /** Meta's words for the progress of messages, as they were kept. */
  statuses: Set<string>;
};

/** All that was acknowledged is there: as a message, as news about one, or as a journal row that says what was wrong. */
export async function expectEverythingKept(
  stored: { control: Control; inbox: Inbox },
  spoiled: readonly Spoiled[],
): Promise<void> {
  const book = await readBook(stored);
  const wrong = spoiled.flatMap((one) => {
    const why = whyNotKept(book, one);
    return why === null
      ? []
      : [`${one.kind.name} at ${one.path.join('.')}, ${one.as} ${one.hostile.name}: ${why}`];
  });
  expect(wrong).toEqual([]);
}

function whyNotKept(book: Book, one: Spoiled): string | null {
  const { tag, neighbour } = one;
  const row = book.journalled.get(tag);
  if (row === undefined) {
    return book.unrouted.has(tag) ? null : 'neither journalled nor kept as unrouted';
  } else if (row.state === 'pending') {
    return 'not taken in';
  } else if (neighbour !== null && book.messages.get(neighbour)?.text !== tag) {
    return 'the message after it is lost';
  } else if (row.state !== 'done') {
    return row.hasErrors ? null : `${row.state} without a reason`;
  }
  return whyNotShown(book, one);
}

/** What a change that was taken in without complaint must have left. */
function whyNotShown(book: Book, { wamid, kind, path, as, hostile }: Spoiled): string | null {
  const message = book.messages.get(wamid);
  const place = as === 'value' && hostile.text?.trim() ? path.slice(1).join('.') : '';
  const text = hostile.text ?? '';
  switch (place) {
    case 'messages.0.text.body':
      return message?.text === text ? null : `its text became ${JSON.stringify(message?.text.slice(0, 80))}`;
    case 'messages.0.id':
      return kind.is !== 'message' || book.messages.has(text.trim()) ? null : 'no message has this id';
    case 'messages.0.reaction.message_id':
    case 'messages.0.edit.original_message_id':
    case 'messages.0.revoke.original_message_id':
    case 'statuses.0.id':
      return waitsOrIsKnown(book, text.trim()) ? null : 'it does not wait for its message';
    case 'statuses.0.status':
      return book.statuses.has(text.trim()) ? null : 'no such status is kept';
    default:
      return kind.is === 'message' && isOfItem(path) && !message ? 'no such message' : null;
  }
}

function waitsOrIsKnown({ parked, messages: known }: Book, wamid: string): boolean {
  return parked.has(wamid) || known.has(wamid);
}

/** A place inside the item that is not its id: whatever stands there, the item is still one with that id. */
function isOfItem(path: Spoiled['path']): boolean {
  const [, list, place, key] = path;
  return (list === 'messages' && place === 0 && key !== undefined && key !== 'id') || list === 'contacts';
}

async function readBook({ control, inbox }: { control: Control; inbox: Inbox }): Promise<Book> {
  const errors = new Set((await inbox.sql.select().from(journalItems)).map(({ journalId }) => journalId));
  const journalled = new Map<string, Kept>();
  for await (const { id, raw, state, error } of rowsOf(inbox)) {
    journalled.set(tagIn(raw), { state, hasErrors: error !== null || errors.has(id) });
  }
  const unrouted = (await control.sql.select().from(unroutedChanges)).map(({ id, raw }) =>
    tagIn(control.keys.open(raw, `unrouted_changes.raw:${id}`)),
  );
  const known = await inbox.sql
    .select({ wamid: messages.wamid, type: messages.type, text: messages.text })
    .from(messages);
  const parked = await inbox.sql.select().from(parkedStatuses);
  const told = await inbox.sql.select({ status: statuses.status }).from(statuses);
  return {
    journalled,
    unrouted: new Set(unrouted),
    messages: new Map(known.map(({ wamid, type, text }) => [wamid ?? '', { type, text }])),
    parked: new Set(parked.map(({ wamid }) => wamid)),
    statuses: new Set([...told, ...parked].map(({ status }) => status)),
  };
}

const PAGE = 200;

async function* rowsOf({ sql: db }: Inbox) {
  let after = 0;
  for (;;) {
    const rows = await db
      .select()
      .from(journal)
      .where(gt(journal.id, after))
      .orderBy(asc(journal.id))
      .limit(PAGE);
    yield* rows;
    const last = rows.at(-1);
    if (!last) {
      return;
    }
    after = last.id;
  }
}

function tagIn(raw: Uint8Array): string {
  return /"tag":"(h\d+h)"/.exec(Buffer.from(raw).toString('latin1'))?.[1] ?? '';
}
