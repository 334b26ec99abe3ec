import { afterEach, beforeEach, expect, test } from 'bun:test';
import {
  cases,
  contacts,
  conversations,
  events,
  identities,
  journal,
  journalContacts,
  messages,
  numbers,
} from '#src/db/schema/inbox/index.ts';
import { intakeIdle, wakeIntake } from './intake.ts';
import { bakery, garage, NOON, openWebhookBench, text, type WebhookBench, webhookBody } from './testing.ts';

let bench: WebhookBench;

beforeEach(async () => {
  bench = await openWebhookBench();
});
afterEach(() => bench.close());

test('a customer writes: contact, conversation, case, window and waiting are there after the 200', async () => {
  const answer = await bench.post(webhookBody(bakery, text('wamid.1', 'Good morning')));
  expect(answer.status).toBe(200);
  await bench.settled();
  const { sql } = await bench.inbox(bakery);
  const [conversation] = await sql.select().from(conversations);
  expect(conversation).toMatchObject({
    state: 'open',
    snippet: 'Good morning',
    lastInboundAt: NOON,
    windowExpiresAt: NOON + 24 * 3_600_000,
    waitingSince: NOON,
  });
  expect(await sql.select().from(messages)).toMatchObject([
    {
      wamid: 'wamid.1',
      text: 'Good morning',
      orderedAt: NOON,
      arrivedAt: NOON + 1000,
      caseId: conversation?.caseId,
    },
  ]);
  expect(await sql.select().from(contacts)).toMatchObject([{ name: 'Noor', nameSource: 'profile' }]);
  expect((await sql.select().from(identities)).map((one) => one.kind).sort()).toEqual(['bsuid', 'phone']);
  expect(await sql.select().from(cases)).toMatchObject([
    { openedBy: 'customer', firstInboundAt: NOON, closedAt: null },
  ]);
  expect(await sql.select().from(events)).toMatchObject([{ kind: 'case.opened', actorKind: 'customer' }]);
  expect(await sql.select().from(journal)).toMatchObject([{ state: 'done', attempts: 0 }]);
  expect(await sql.select().from(journalContacts)).toHaveLength(1);
  expect((await sql.select().from(numbers))[0]?.heardAt).toBe(NOON + 1000);
  expect(bench.pushed).toMatchObject([{ accountId: 1, conversationId: conversation?.id }]);
  const other = await bench.inbox(garage);
  expect(await other.sql.select().from(journal)).toEqual([]);
});

test('once the program is ending nothing is begun, and what waits is left to the next start', async () => {
  const { services } = bench;
  const inbox = await bench.inbox(bakery);
  services.phase.draining = true;
  try {
    expect((await bench.post(webhookBody(bakery, text('wamid.9', 'Late')))).status).toBe(200);
    const accounts = { ...services.accounts, use: () => Promise.reject(new Error('the account was opened')) };
    // A retry, or a line in the log about it, would fail this test or one that comes after it.
    wakeIntake({ ...services, accounts }, inbox);
    await intakeIdle(inbox);
    expect(await inbox.sql.select().from(journal)).toMatchObject([{ state: 'pending' }]);
  } finally {
    services.phase.draining = false;
  }
  wakeIntake(services, inbox);
  await bench.settled();
  expect(await inbox.sql.select().from(journal)).toMatchObject([{ state: 'done' }]);
});
