import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { textOf } from '#src/db/objects.ts';
import { contacts, conversations } from '#src/db/schema/inbox/index.ts';
import { WAITS_SINCE } from '#src/messages/receive-echo-answers.ts';
import { conditionsOf, newestFirst } from './filter.ts';
import { selectPage } from './list.ts';
import { ada, HOUR, NOON, NUMBER, openShop } from './testing.ts';
import { type Phase, phasesOf, viewNames } from './views.ts';
import { restoreWaiting } from './waiting.ts';

const MANY = 10_000;

let inbox: Inbox;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ inbox, close } = await openShop());
  const numbered = Array.from({ length: MANY }, (_, index) => index + 1);
  for (let from = 0; from < MANY; from += 1000) {
    const some = numbered.slice(from, from + 1000);
    await inbox.write('normal', [
      inbox.sql.insert(contacts).values(
        some.map((id) => ({
          id,
          name: `Customer ${id}`,
          nameSource: 'profile' as const,
          createdAt: NOON,
          updatedAt: NOON,
        })),
      ),
      inbox.sql.insert(conversations).values(some.map(conversationRow)),
    ]);
  }
});
afterAll(() => close());

/** Open and closed, taken and not, waiting and answered, in every mixture. */
function conversationRow(id: number): typeof conversations.$inferInsert {
  const waits = id % 3 === 0;
  return {
    id,
    numberId: NUMBER,
    contactId: id,
    state: id % 5 === 0 ? 'closed' : 'open',
    assigneeId: id % 4 === 0 ? null : 11 + (id % 4),
    lastArrivedAt: NOON - ((id * 7919) % MANY) * 1000,
    waitingSince: waits ? NOON - ((id * 6007) % MANY) * 1000 : null,
    windowExpiresAt: waits ? NOON + ((id * 4001) % 24) * HOUR : null,
  };
}

async function planOf(phase: Phase, after: number[]): Promise<string> {
  const query = selectPage(inbox, ada, phase, after, 26);
  const steps = inbox.objects<{ detail: string }>(sql`explain query plan ${query.getSQL()}`);
  return steps.map(({ detail }) => detail).join('\n');
}

const lists = [
  ...viewNames
    .filter((view) => view !== 'blocked')
    .flatMap((view) =>
      phasesOf(view, ada, NOON).map((phase, index) => ({ name: `${view}, stretch ${index + 1}`, phase })),
    ),
  ...[
    {},
    { state: 'open' as const },
    { assignee: 11 },
    { assignee: 'none' as const, state: 'closed' as const },
  ].flatMap((filter) =>
    conditionsOf(filter).map((where, index) => ({
      name: `filter ${JSON.stringify(filter)}, stretch ${index + 1}`,
      phase: { ...newestFirst, where },
    })),
  ),
];

test('with ten thousand conversations, the blocked are found through their own index, and only they are sorted', async () => {
  for (const phase of phasesOf('blocked', ada, NOON)) {
    const plan = await planOf(phase, []);
    expect(plan).toMatch(/contacts USING (COVERING )?INDEX contacts_blocked/);
    expect(plan).toMatch(/SEARCH conversations USING INDEX conversations_contact/);
  }
});

for (const { name, phase } of lists) {
  test(`with ten thousand conversations, ${name} reads through an index and sorts nothing`, async () => {
    for (const after of [[], [NOON - 5_000_000, 500]]) {
      const plan = await planOf(phase, after);
      expect(plan).toMatch(/(SEARCH|SCAN) conversations USING INDEX conversations_/);
      expect(plan).not.toMatch(/TEMP B-TREE/);
      expect(plan).not.toMatch(/SCAN (?!conversations USING INDEX)/);
    }
  });
}

for (const [what, text] of [
  ['after an answer that failed', textOf(restoreWaiting([1])).sql],
  ['after an answer from the phone', WAITS_SINCE],
] as const) {
  test(`since when a customer waits ${what} is worked out in one walk through the thread`, () => {
    const marks = text.split('?').length - 1;
    const steps = inbox.rows(`explain query plan ${text}`, Array<number>(marks).fill(1));
    const walk = steps.find(([, , , detail]) => /^(SCAN|SEARCH) asked\b/.test(String(detail)));
    const beside = steps.filter(([, parent]) => parent === walk?.[1]).map(([, , , detail]) => String(detail));
    expect(beside).toContain(String(walk?.[3]));
    expect(beside.filter((detail) => detail.includes('SCALAR SUBQUERY'))).toEqual([]);
  });
}

test('an answer from the phone reads only what was said since the customer waits', () => {
  const steps = inbox.rows(`explain query plan ${WAITS_SINCE}`, [1]).map(([, , , detail]) => String(detail));
  const reads = steps.filter((detail) => /^SEARCH [am] /.test(detail));
  expect(reads.length).toBeGreaterThanOrEqual(2);
  expect(reads.filter((detail) => !detail.includes('ordered_at>?'))).toEqual([]);
});
