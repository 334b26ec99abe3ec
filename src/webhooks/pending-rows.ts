import type { Row } from '#src/db/connection.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { selection } from '#src/db/lookup.ts';
import { journal } from '#src/db/schema/inbox/journal.ts';
import { IS_PENDING, type PendingRow } from './journal-rows.ts';
import { countWithin } from './within-bytes.ts';

const MOST_ROWS = 500;
/** Of what is longer only the length is read at first: it stands at the beginning of a row, all else behind the content. */
const SMALL = 4_096;

const pending = selection({
  id: journal.id,
  field: journal.field,
  raw: journal.raw,
  receivedAt: journal.receivedAt,
});

const ifSmall = (column: string) => `case when length(raw) <= ${SMALL} then ${column} end`;
/** Left to itself, SQLite would go through the whole journal by its ids. */
export const OPEN_ROWS = `select id, length(raw), ${['state', 'attempts', ...pending.list.split(', ')].map(ifSmall).join(', ')}
  from journal indexed by journal_open where state <> 'done' and id > ? order by id limit ?`;
const ONE = `select state, attempts, ${pending.list} from journal where id = ?`;

type Which = {
  /** Rows up to this id are passed over. */
  after: number;
  most?: number;
  /** Only those that no opening has tried. */
  isUntried?: boolean;
};

/**
 * What waits to be taken in, the oldest first, as much as is taken in together. `upTo`: nothing up to this id waits
 * besides; `isAll`: nothing after it does.
 */
export function pendingRows(
  { rows }: Pick<Inbox, 'rows'>,
  { after, most = MOST_ROWS, isUntried = false }: Which,
): { rows: PendingRow[]; upTo: number; isAll: boolean } {
  const open = rows(OPEN_ROWS, [after, most]);
  const together = open.slice(0, countWithin(open.map(([, length]) => Number(length))));
  const whole = together.flatMap(([id, length, ...small]) =>
    Number(length) <= SMALL ? [small] : rows(ONE, [id]),
  );
  return {
    rows: whole
      .filter(([state, attempts]) => state === 'pending' && !(isUntried && attempts !== 0))
      .map(read),
    upTo: Number(together.at(-1)?.[0] ?? after),
    isAll: together.length === open.length && open.length < most,
  };
}

const read = (row: Row) => pending.read(row, 2);

/** Of what openings have tried, how often; what was tried least first. */
export function triedRows({ rows }: Pick<Inbox, 'rows'>): { id: number; attempts: number }[] {
  return rows(`select id, attempts from journal where ${IS_PENDING} order by attempts, id`).map((row) => {
    const [id = 0, attempts = 0] = row.map(Number);
    return { id, attempts };
  });
}

/** One row of the journal, as it waits. */
export function pendingRow({ rows }: Pick<Inbox, 'rows'>, id: number): PendingRow[] {
  return rows(ONE, [id]).map(read);
}
