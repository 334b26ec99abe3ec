import { setImmediate as turn } from 'node:timers/promises';
import type { Services } from '#src/services.ts';
import { csvLine } from './csv.ts';
import { type AuditEntry, toEntries } from './entry.ts';
import type { AuditFilter } from './filter.ts';
import { listAudit } from './list-audit.ts';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

type ExportServices = Pick<Services, 'control' | 'accounts'>;
/** Says in words what an entry says. */
type Say = (entry: AuditEntry) => string;

const PAGE = 500;
/** Beyond this, what was named already is looked up again. */
const MOST_NAMES = 10_000;

/** The whole trail that fits, the newest first, as the text of a file; a page is read when the one before was taken. */
export async function* exportAudit(
  services: ExportServices,
  accountId: number,
  filter: AuditFilter,
  { format, say }: { format: ExportFormat; say: Say },
): AsyncGenerator<string> {
  const { begin, write, end } = format === 'csv' ? csv(say) : json(say);
  yield begin;
  let count = 0;
  for await (const entries of pagesOf(services, accountId, filter)) {
    yield entries.map((entry) => write(entry, count++)).join('');
  }
  yield end;
}

/** Between two pages everybody else has a turn: reading one holds up the whole program. */
async function* pagesOf(
  { control, accounts }: ExportServices,
  accountId: number,
  filter: AuditFilter,
): AsyncGenerator<AuditEntry[]> {
  const names = new Map<string, string | null>();
  let place: { cursor?: string } | null = {};
  while (place !== null) {
    const from: { cursor?: string } = place;
    const { entries, next } = await accounts.use(accountId, async (inbox) => {
      const page = await listAudit(inbox, filter, { ...from, limit: PAGE });
      return { entries: await toEntries(control, inbox, page.rows, names), next: page.next };
    });
    if (names.size > MOST_NAMES) {
      names.clear();
    }
    yield entries;
    place = next === null ? null : { cursor: next };
    await turn();
  }
}

type Writer = { begin: string; write(entry: AuditEntry, index: number): string; end: string };

const columns = [
  'id',
  'at',
  'actor_kind',
  'actor_id',
  'actor',
  'action',
  'object',
  'object_name',
  'address',
  'sentence',
  'data',
];

const csv = (say: Say): Writer => ({
  begin: csvLine(columns),
  write: (entry) => csvLine(Object.values(rowOf(entry, say)).map(cellOf)),
  end: '',
});

const cellOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number'
    ? value
    : value === null
      ? ''
      : JSON.stringify(value);

const json = (say: Say): Writer => ({
  begin: '{"data":[',
  write: (entry, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(rowOf(entry, say))}`,
  end: '\n]}\n',
});

/** In the order of the columns. */
function rowOf(entry: AuditEntry, say: Say) {
  const { id, at, actor, action, object, objectName, address, data } = entry;
  return {
    id,
    at: new Date(at).toISOString(),
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor: actor.name,
    action,
    object,
    object_name: objectName,
    address,
    sentence: say(entry),
    data,
  };
}

/** The same as the body of an answer, read no faster than it is taken, and no further when nobody takes it any more. */
export function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await texts.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(encoder.encode(value));
      }
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
}
