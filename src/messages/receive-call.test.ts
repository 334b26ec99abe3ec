import { afterEach, beforeEach, expect, test } from 'bun:test';
import type { Inbox } from '#src/db/inbox.ts';
import {
  contacts,
  conversations,
  journal,
  messages,
  parkedStatuses,
  statuses,
} from '#src/db/schema/inbox/index.ts';
import {
  bakery,
  NOON,
  noor,
  openWebhookBench,
  text,
  type WebhookBench,
  webhookBody,
} from '#src/webhooks/testing.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';

const SECOND = NOON / 1000;
const DAY = 24 * 3_600_000;
let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

async function arrive(...values: object[]): Promise<void> {
  for (const value of values) {
    const body = webhookBody(bakery, value).replaceAll(
      '"field":"messages"',
      'calls' in value || 'statuses' in value ? '"field":"calls"' : '"field":"messages"',
    );
    expect((await bench.post(body)).status).toBe(200);
  }
  await bench.settled();
}

const common = { id: 'wacid.1', from: noor.from, to: '15550783881', direction: 'USER_INITIATED' };
const connect = {
  calls: [{ ...common, event: 'connect', timestamp: String(SECOND), session: { sdp: 'x' } }],
};
const terminate = (more: object) => ({
  calls: [{ ...common, event: 'terminate', timestamp: String(SECOND + 40), ...more }],
});
const answered = terminate({
  status: 'COMPLETED',
  start_time: SECOND + 10,
  end_time: SECOND + 40,
  duration: 30,
});
const outgoing = {
  calls: [
    {
      id: 'wacid.2',
      from: '15550783881',
      to: noor.from,
      event: 'connect',
      direction: 'BUSINESS_INITIATED',
      timestamp: String(SECOND),
    },
  ],
};
const status = (word: string, more: object = {}) => ({
  statuses: [{ id: 'wacid.2', type: 'call', status: word, timestamp: String(SECOND + 5), ...more }],
});

/** Everything but when it arrived and which ids it got. */
async function state() {
  const rows = await inbox.sql.select().from(messages);
  const [conversation] = await inbox.sql.select().from(conversations);
  return {
    calls: rows.map(({ direction, type, content, orderedAt }) => ({
      direction,
      type,
      orderedAt,
      ...JSON.parse(content),
    })),
    windowExpiresAt: conversation?.windowExpiresAt ?? null,
    waitingSince: conversation?.waitingSince ?? null,
    state: conversation?.state,
    isUnread: conversation?.lastInboundId != null,
    events: (await inbox.sql.select().from(statuses)).map((row) => row.status).sort(),
    contacts: (await inbox.sql.select().from(contacts)).length,
    waits: (await inbox.sql.select().from(parkedStatuses)).length,
  };
}

test('a call opens the window and waits for an answer, taken or not, and says how it ended', async () => {
  await arrive(connect);
  expect(await state()).toEqual({
    calls: [{ kind: 'call', direction: 'in', type: 'call', outcome: 'ringing', orderedAt: NOON }],
    windowExpiresAt: NOON + DAY,
    waitingSince: NOON,
    state: 'open',
    isUnread: true,
    events: ['connect'],
    contacts: 1,
    waits: 0,
  });
  await arrive(answered);
  expect(await state()).toMatchObject({
    calls: [{ outcome: 'answered', seconds: 30, orderedAt: NOON }],
    waitingSince: NOON,
    events: ['connect', 'terminate'],
  });
  expect(bench.pushed.at(-1)?.messages).toHaveLength(1);
});

test.each([{ status: 'FAILED' }, { status: 'COMPLETED' }, {}])(
  'a call that nobody took is missed: %j',
  async (end) => {
    await arrive(connect, terminate(end));
    expect(await state()).toMatchObject({ calls: [{ outcome: 'missed' }], waitingSince: NOON });
  },
);

test.each([[[connect, answered]], [[answered, connect]], [[answered, connect, answered, connect]]])(
  'it does not matter in which order the parts of a call come, or how often',
  async (parts) => {
    await arrive(...parts);
    expect(await state()).toMatchObject({
      calls: [{ outcome: 'answered', seconds: 30, orderedAt: NOON }],
      windowExpiresAt: NOON + 10_000 + DAY,
      waitingSince: NOON,
      events: ['connect', 'terminate'],
    });
  },
);

test('the end of a call that was answered meanwhile does not ask again', async () => {
  await arrive(connect);
  await inbox.write('full', [inbox.sql.update(conversations).set({ waitingSince: null })]);
  await arrive(answered);
  expect(await state()).toMatchObject({ waitingSince: null, calls: [{ outcome: 'answered' }] });
});

test('a call of somebody blocked asks for nothing', async () => {
  await arrive(text('wamid.1', 'Hello'));
  await inbox.write('full', [
    inbox.sql.update(contacts).set({ blockedAt: NOON }),
    inbox.sql.update(conversations).set({ waitingSince: null, state: 'closed' }),
  ]);
  await arrive(connect);
  expect(await state()).toMatchObject({ state: 'closed', waitingSince: null });
});

test('a call to a customer keeps its statuses, opens nothing and is nobody’s question', async () => {
  await arrive(status('RINGING'), outgoing, status('REJECTED', { recipient_id: noor.from }));
  expect(await state()).toEqual({
    calls: [{ kind: 'call', direction: 'out', type: 'call', outcome: 'declined', orderedAt: NOON }],
    windowExpiresAt: null,
    waitingSince: null,
    state: 'closed',
    isUnread: false,
    events: ['REJECTED', 'RINGING', 'connect'],
    contacts: 1,
    waits: 0,
  });
});

test('each body of a call becomes what it says', async () => {
  const bodies = readBodies('fields').filter(({ name }) => name.startsWith('calls-'));
  expect(bodies).toHaveLength(5);
  await arrive(...bodies.map(({ value }) => value));
  const outcomes = (await state()).calls.map(({ direction, outcome, seconds }) => [
    direction,
    outcome,
    seconds,
  ]);
  expect(outcomes.sort()).toEqual([
    ['in', 'answered', 195],
    ['in', 'missed', undefined],
    ['out', 'declined', undefined],
  ]);
  expect(await state()).toMatchObject({ contacts: 1, waits: 0 });
});

test('a call that says too little is kept and listed, its neighbours unharmed', async () => {
  await arrive({
    calls: [null, 7, { id: 'wacid.3' }, { id: 'wacid.4', event: 'connect' }, ...connect.calls],
  });
  expect(await state()).toMatchObject({ calls: [{ outcome: 'ringing' }] });
  expect(await inbox.sql.select().from(journal)).toMatchObject([{ state: 'partly' }]);
});

test('a length that nothing can have is not believed, and moves nothing out of time', async () => {
  await arrive(terminate({ status: 'COMPLETED', duration: 1e300 }));
  const { calls } = await state();
  expect(calls).toMatchObject([{ orderedAt: NOON + 40_000 }]);
  expect(calls[0]?.seconds).toBeUndefined();
});
