import { afterEach, beforeEach, expect, test } from 'bun:test';
import type { Inbox } from '#src/db/inbox.ts';
import { consents, contacts, events, identities, messages } from '#src/db/schema/inbox/index.ts';
import {
  bakery,
  fieldBody,
  NOON,
  noor,
  openWebhookBench,
  statusOf,
  text,
  type WebhookBench,
  webhookBody,
} from '#src/webhooks/testing.ts';
import { MARKETING_PURPOSE, newestConsent } from './consent.ts';

const SECOND = NOON / 1000;
const metadata = { display_phone_number: '15550783881', phone_number_id: bakery.phoneNumberId };
let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

async function post(field: string, value: object): Promise<void> {
  const body = field === 'messages' ? webhookBody(bakery, value) : fieldBody(bakery, field, value);
  expect((await bench.post(body)).status).toBe(200);
  await bench.settled();
}

const prefers = (
  value: string,
  second: number,
  person: object = { wa_id: noor.from, user_id: noor.from_user_id },
) =>
  post('user_preferences', {
    metadata,
    user_preferences: [{ ...person, category: 'marketing_messages', value, timestamp: SECOND + second }],
  });

async function consent() {
  const ids = (await inbox.sql.select({ id: contacts.id }).from(contacts)).map(({ id }) => id);
  return newestConsent(inbox, ids, MARKETING_PURPOSE);
}

test('stopping and resuming offers counts at once, and stands in the thread', async () => {
  await post('messages', text('wamid.a', 'Hi'));
  await prefers('stop', 10);
  expect(await consent()).toEqual({ state: 'withdrawn', source: 'whatsapp', at: NOON + 10_000 });
  await prefers('resume', 20);
  expect(await consent()).toMatchObject({ state: 'given' });
  const kinds = (await inbox.sql.select().from(events)).map(({ kind }) => kind);
  expect(kinds).toEqual(['case.opened', 'consent.withdrawn', 'consent.given']);
});

test('the newest word by Meta’s clock counts, in any order, and each is kept once', async () => {
  for (const [word, second] of [
    ['resume', 20],
    ['stop', 10],
    ['stop', 10],
    ['resume', 20],
  ] as const) {
    await prefers(word, second);
  }
  expect(await consent()).toMatchObject({ state: 'given', at: NOON + 20_000 });
  expect(await inbox.sql.select().from(consents)).toHaveLength(2);
});

test('it is kept for somebody who is known by an id alone, and has never written', async () => {
  await prefers('stop', 0, { user_id: 'ZW.77' });
  expect(await inbox.sql.select().from(identities)).toMatchObject([{ kind: 'bsuid', value: 'ZW.77' }]);
  expect(await consent()).toMatchObject({ state: 'withdrawn' });
});

test('what somebody chose before they first wrote stands in the conversation, where they chose it', async () => {
  await prefers('stop', -20);
  await prefers('resume', -10);
  await prefers('stop', -20);
  expect(await inbox.sql.select().from(events)).toEqual([]);
  await post('messages', text('wamid.a', 'Hi'));
  await post('messages', text('wamid.b', 'Are you there?', { second: 5 }));
  await prefers('stop', -20);
  const told = (await inbox.sql.select().from(events)).sort((one, other) => one.at - other.at);
  expect(told.map(({ kind, at }) => [kind, (at - NOON) / 1000])).toEqual([
    ['consent.withdrawn', -20],
    ['consent.given', -10],
    ['case.opened', expect.any(Number)],
  ]);
});

test('a choice that comes in one webhook with the first message is told once, in either order', async () => {
  const choice = (user_id: string) => ({
    field: 'user_preferences',
    value: {
      metadata,
      user_preferences: [{ user_id, category: 'marketing_messages', value: 'stop', timestamp: SECOND }],
    },
  });
  const said = (from_user_id: string) => ({
    field: 'messages',
    value: { metadata, ...text(`wamid.${from_user_id}`, 'Hi', { from: { from_user_id } }) },
  });
  const changes = [choice('ZW.1'), said('ZW.1'), said('ZW.2'), choice('ZW.2')];
  const entry = [{ id: bakery.wabaId, changes }];
  await bench.post(JSON.stringify({ object: 'whatsapp_business_account', entry }));
  await bench.settled();
  const told = (await inbox.sql.select().from(events)).filter(({ kind }) => kind === 'consent.withdrawn');
  expect(new Set(told.map(({ conversationId }) => conversationId)).size).toBe(2);
  expect(told).toHaveLength(2);
});

test('a message that Meta did not deliver for it (131050) says the same', async () => {
  await post('messages', text('wamid.a', 'Hi'));
  const [inbound] = await inbox.sql.select().from(messages);
  if (!inbound) {
    throw new Error('the message is not there');
  }
  const id = inbox.nextId();
  const out = {
    id,
    wamid: 'wamid.offer',
    direction: 'out',
    authorKind: 'api',
    status: 'sent',
    statusRank: 5,
  } as const;
  await inbox.write('full', [inbox.sql.insert(messages).values({ ...inbound, ...out })]);
  const failed = statusOf('wamid.offer', 'failed', { errors: [{ code: 131050, title: 'stopped' }] });
  await post('messages', failed);
  await post('messages', { ...failed, again: true });
  expect(await inbox.sql.select().from(consents)).toMatchObject([
    { purpose: 'marketing', state: 'withdrawn', source: 'whatsapp_refusal', evidenceMessageId: id },
  ]);
});

const synced = (action: 'add' | 'remove', name: string | undefined, second: number) =>
  post('smb_app_state_sync', {
    metadata,
    state_sync: [
      {
        type: 'contact',
        action,
        contact: { full_name: name, phone_number: noor.from },
        metadata: { timestamp: String(SECOND + second) },
      },
    ],
  });

test('the address book of the phone names people, above what they call themselves and below what is written here', async () => {
  await post('messages', text('wamid.a', 'Hi'));
  await synced('add', 'Noor (bread)', 10);
  await post('messages', text('wamid.b', 'Hi', { second: 20 }));
  const named = async () =>
    (await inbox.sql.select().from(contacts)).map((one) => [one.name, one.nameSource]);
  expect(await named()).toEqual([['Noor (bread)', 'import']]);
  await synced('add', 'An older name', 5);
  expect(await named()).toEqual([['Noor (bread)', 'import']]);
  await inbox.write('full', [inbox.sql.update(contacts).set({ name: 'Noor K.', nameSource: 'person' })]);
  await synced('add', 'Noor (flour)', 30);
  expect(await named()).toEqual([['Noor K.', 'person']]);
});

test('somebody removed from the phone stays here with all that was said', async () => {
  await post('messages', text('wamid.a', 'Hi'));
  await synced('add', 'Noor (bread)', 10);
  await synced('remove', undefined, 20);
  expect(await inbox.sql.select().from(messages)).toHaveLength(1);
  expect((await inbox.sql.select().from(events)).map(({ kind }) => kind)).toContain(
    'contact.removed_on_phone',
  );
  await post('messages', text('wamid.b', 'Hi', { second: 30 }));
  expect((await inbox.sql.select().from(contacts))[0]).toMatchObject({ name: 'Noor', nameSource: 'profile' });
});
