import { afterEach, beforeEach, expect, test } from 'bun:test';
import type { Inbox } from '#src/db/inbox.ts';
import { contacts, conversations, events, identities, merges } from '#src/db/schema/inbox/index.ts';
import { loadRecipients } from '#src/messages/outbox-subject.ts';
import { bakery, openWebhookBench, text, type WebhookBench, webhookBody } from '#src/webhooks/testing.ts';

const PHONE = '263771234567';
let bench: WebhookBench;
let inbox: Inbox;
let wamids = 0;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

async function say(
  from: { from?: string; from_user_id?: string },
  second: number,
  profile: object = {},
): Promise<void> {
  wamids += 1;
  const value = text(`wamid.${wamids}`, 'Hello', { second, from });
  value.contacts = value.contacts.map((contact) => ({
    ...contact,
    profile: { ...contact.profile, ...profile },
  }));
  await bench.post(webhookBody(bakery, value));
  await bench.settled();
}

/** By contact: the current identities. */
async function known(): Promise<string[][]> {
  const rows = (await inbox.sql.select().from(identities)).filter((row) => row.retiredAt === null);
  return [...Map.groupBy(rows, (row) => row.contactId).values()].map((list) =>
    list.map((row) => row.value).sort(),
  );
}

test('one person: first by phone number, then with their BSUID, then by BSUID alone', async () => {
  await say({ from: PHONE }, 0);
  await say({ from: PHONE, from_user_id: 'ZW.1' }, 1);
  await say({ from_user_id: 'ZW.1' }, 2);
  expect(await known()).toEqual([[PHONE, 'ZW.1']]);
  expect(await inbox.sql.select().from(conversations)).toHaveLength(1);
});

test('the variants of a Brazilian number are one person, shown as last received', async () => {
  await say({ from: '551187654321' }, 0);
  await say({ from: '5511987654321' }, 1);
  const [identity, ...others] = await inbox.sql.select().from(identities);
  expect([identity?.value, identity?.asReceived, others]).toEqual(['5511987654321', '5511987654321', []]);
});

test('the new owner of a number gets a thread of their own and the number, in whatever order they arrive', async () => {
  await say({ from: PHONE, from_user_id: 'ZW.old' }, 0);
  await say({ from: PHONE, from_user_id: 'ZW.new' }, 60);
  await say({ from: PHONE, from_user_id: 'ZW.old' }, 30);
  expect(await known()).toEqual([['ZW.old'], [PHONE, 'ZW.new']]);
  await say({ from: PHONE }, 90);
  expect(await inbox.sql.select().from(conversations)).toHaveLength(2);
});

test('a number that is known of a merged contact goes to its new owner as well', async () => {
  await say({ from_user_id: 'ZW.old' }, 0);
  await say({ from: PHONE }, 1);
  await say({ from: PHONE, from_user_id: 'ZW.old' }, 2);
  const [older] = await inbox.sql.select().from(conversations);
  await say({ from: PHONE, from_user_id: 'ZW.new' }, 60);
  expect(await known()).toEqual([['ZW.old'], [PHONE, 'ZW.new']]);
  const recipients = await loadRecipients(inbox, [older?.id ?? 0]);
  expect(recipients.get(older?.id ?? 0)?.to).toEqual({ bsuid: 'ZW.old' });
});

test('two contacts that Meta shows to be one are one, however often it says so', async () => {
  await say({ from: PHONE }, 0);
  await say({ from_user_id: 'ZW.1' }, 1);
  await say({ from: PHONE, from_user_id: 'ZW.1' }, 2);
  await say({ from: PHONE, from_user_id: 'ZW.1' }, 3);
  expect(await known()).toEqual([[PHONE], ['ZW.1']]);
  const [older, younger] = await inbox.sql.select().from(contacts);
  expect([older?.mergedIntoId, younger?.mergedIntoId]).toEqual([null, older?.id ?? 0]);
  const [thread, merged] = await inbox.sql.select().from(conversations);
  expect([thread?.mergedIntoId, merged?.mergedIntoId]).toEqual([null, thread?.id ?? 0]);
  expect(await inbox.sql.select().from(merges)).toMatchObject([
    { fromContact: younger?.id, intoContact: older?.id, why: 'link', by: null, undoneAt: null },
  ]);
  const told = (await inbox.sql.select().from(events)).filter(({ kind }) => kind.startsWith('contact.'));
  expect(told).toMatchObject([{ conversationId: thread?.id, actorKind: 'system', kind: 'contact.merged' }]);
});

test('the newest profile name counts, and never over one that a person gave', async () => {
  const name = async () => (await inbox.sql.select().from(contacts))[0]?.name;
  await say({ from: PHONE }, 10, { name: 'Noor C.' });
  await say({ from: PHONE }, 20, { name: 'Noor Chipo' });
  await say({ from: PHONE }, 15, { name: 'Somebody' });
  expect(await name()).toBe('Noor Chipo');
  await inbox.write('full', [inbox.sql.update(contacts).set({ name: 'Mrs Chipo', nameSource: 'person' })]);
  await say({ from: PHONE }, 30, { name: 'Noor' });
  expect(await name()).toBe('Mrs Chipo');
});

test('a username belongs to whoever was seen with it last', async () => {
  await say({ from_user_id: 'ZW.1' }, 0, { username: 'Noor' });
  await say({ from_user_id: 'ZW.2' }, 60, { username: 'noor' });
  await say({ from_user_id: 'ZW.1' }, 120, { username: 'noor.chipo' });
  expect(await known()).toEqual([
    ['ZW.1', 'noor.chipo'],
    ['ZW.2', 'noor'],
  ]);
});
