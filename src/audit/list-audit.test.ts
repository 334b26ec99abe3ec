import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { insertRows } from '#src/db/rows.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { type AskedAudit, readAuditFilter } from './filter.ts';
import { listAudit, queriesOf } from './list-audit.ts';

const MANY = 3_000;
const BEGAN = Date.UTC(2026, 10, 1);
const MINUTE = 60_000;
const ADA = 11;
const KEY = 13;

const none: AskedAudit = { by: '', kind: '', object: '', from: '', to: '' };

let storage: TestStorage;
let inbox: Inbox;

/** People, a key, commands and the program by turns; a rare action among common ones; a clock that was set back once. */
function rowOf(index: number): typeof audit.$inferInsert {
  const doers = [
    { actorKind: 'person', actorId: ADA },
    { actorKind: 'key', actorId: KEY },
    { actorKind: 'command', actorId: null },
    { actorKind: 'system', actorId: null },
  ] as const;
  return {
    id: index + 1,
    at: BEGAN + index * MINUTE - (index > 2_000 ? 30 * MINUTE : 0),
    ...(doers[index % 4] ?? doers[0]),
    action: index === 7 ? 'number.added' : index % 3 === 0 ? 'session.began' : 'access.denied',
    object: `user:${index % 10}`,
    data: '{}',
    address: null,
  };
}

beforeAll(async () => {
  storage = await openTestStorage();
  inbox = await storage.inbox(1);
  await inbox.write(
    'normal',
    insertRows(
      audit,
      Array.from({ length: MANY }, (_, index) => rowOf(index)),
    ),
  );
});
afterAll(() => storage.close());

const filterOf = (asked: Partial<AskedAudit>) => readAuditFilter({ ...none, ...asked }, 'Africa/Harare');

/** The ids that a filter leaves, read to the end, a page after the other. */
async function idsOf(asked: Partial<AskedAudit>, limit = 700, mostPassed = 50_000): Promise<number[]> {
  const ids: number[] = [];
  let place: { cursor?: string } | null = {};
  while (place !== null) {
    const from: { cursor?: string } = place;
    const { rows, next } = await listAudit(inbox, filterOf(asked), { ...from, limit, mostPassed });
    ids.push(...rows.map(({ id }) => id));
    place = next === null ? null : { cursor: next };
  }
  return ids;
}

const all = Array.from({ length: MANY }, (_, index) => rowOf(index));
const newestFirst = (fits: (row: typeof audit.$inferInsert) => boolean) =>
  all
    .filter(fits)
    .map(({ id }) => Number(id))
    .toReversed();

const day = (date: string) => Date.parse(`${date}T00:00:00+02:00`);
const filters: [string, Partial<AskedAudit>, (row: typeof audit.$inferInsert) => boolean][] = [
  ['nothing', {}, () => true],
  ['a person', { by: `person:${ADA}` }, (row) => row.actorId === ADA],
  ['a key', { by: `key:${KEY}` }, (row) => row.actorId === KEY],
  ['the command line', { by: 'command' }, (row) => row.actorKind === 'command'],
  ['a kind of action', { kind: 'session' }, (row) => row.action === 'session.began'],
  ['a rare kind', { kind: 'number' }, (row) => row.action === 'number.added'],
  ['an object', { object: 'user:3' }, (row) => row.object === 'user:3'],
  ['a first day', { from: '2026-11-02' }, (row) => row.at >= day('2026-11-02')],
  ['a last day', { to: '2026-11-01' }, (row) => row.at < day('2026-11-02')],
  [
    'a person, an object, a kind and two days',
    { by: `person:${ADA}`, object: 'user:4', kind: 'access', from: '2026-11-02', to: '2026-11-02' },
    (row) =>
      row.actorId === ADA &&
      row.object === 'user:4' &&
      row.action === 'access.denied' &&
      row.at >= day('2026-11-02') &&
      row.at < day('2026-11-03'),
  ],
];

for (const [name, asked, fits] of filters) {
  test(`by ${name}: just what fits, the newest first, however it is cut into pages`, async () => {
    const expected = newestFirst(fits);
    expect(expected.length).toBeGreaterThan(0);
    expect(await idsOf(asked)).toEqual(expected);
    expect(await idsOf(asked, 37)).toEqual(expected);
    expect(await idsOf(asked, 50, 211)).toEqual(expected);
  });

  test(`by ${name}: it reads through an index and sorts nothing`, async () => {
    for (const query of await queriesOf(inbox, filterOf(asked))) {
      const steps = inbox.objects<{ detail: string }>(sql`explain query plan ${query.getSQL()}`);
      expect(steps.map(({ detail }) => detail)).toEqual([expect.stringMatching(planOf(asked))]);
    }
  });
}

/** Without an object or a doer the table itself is in order. */
function planOf({ by, object }: Partial<AskedAudit>): RegExp {
  if (object) {
    return /^SEARCH audit USING (COVERING )?INDEX audit_object \(object=\? AND id>\? AND id<\?\)$/;
  } else if (by) {
    return /^SEARCH audit USING (COVERING )?INDEX audit_by \(actor_id=\? AND id>\? AND id<\?\)$/;
  } else {
    return /^SEARCH audit USING INTEGER PRIMARY KEY/;
  }
}

test('a page that passed over too many rows says so, and goes on from there', async () => {
  const rare = filterOf({ kind: 'number' });
  const first = await listAudit(inbox, rare, { limit: 50, mostPassed: 1_000 });
  expect(first).toMatchObject({ rows: [], passed: 1_000 });
  const second = await listAudit(inbox, rare, { limit: 50, mostPassed: 5_000, cursor: first.next ?? '' });
  expect(second.rows.map(({ action }) => action)).toEqual(['number.added']);
  expect(second).toMatchObject({ next: null, passed: null });
});

test('what no form of ours sends is refused by its name', () => {
  const wrong: Partial<AskedAudit>[] = [
    { by: 'person:x' },
    { by: 'robot:1' },
    { kind: 'a%' },
    { from: 'yesterday' },
    { to: '2026-13-01' },
  ];
  for (const asked of wrong) {
    expect(() => filterOf(asked)).toThrow(Invalid);
  }
  expect(listAudit(inbox, filterOf({}), { limit: 5, cursor: 'nonsense' })).rejects.toBeInstanceOf(Invalid);
});
