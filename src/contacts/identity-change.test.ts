import { afterEach, beforeEach, expect, test } from 'bun:test';
import { filterConversations } from '#src/conversations/filter.ts';
import { ada } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { conversations, events, identities, merges, messages } from '#src/db/schema/inbox/index.ts';
import { maskedEvent } from '#src/messages/masked-message.ts';
import { lastPage } from '#src/messages/thread.ts';
import {
  bakery,
  NOON,
  openWebhookBench,
  text,
  type WebhookBench,
  webhookBody,
} from '#src/webhooks/testing.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { undoMerge } from './undo-merge.ts';

const PHONE = '263771234567';
let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  bench.clock.now = NOON + 600_000;
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

async function hear(value: object, field = 'messages'): Promise<void> {
  const body = JSON.parse(webhookBody(bakery, value));
  body.entry[0].changes[0].field = field;
  await bench.post(JSON.stringify(body));
  await bench.settled();
}

const say = (wamid: string, second: number, from: { from?: string; from_user_id?: string }) =>
  hear(text(wamid, wamid, { second, from }));
const bodyOf = (folder: Parameters<typeof readBodies>[0], name: string) =>
  readBodies(folder).find((body) => body.name === name)?.value ?? {};
const told = async () =>
  (await inbox.sql.select().from(events)).filter(({ kind }) => kind.startsWith('contact.'));
const shown = async () => (await filterConversations(inbox, {}, ada, { limit: 10 })).rows;
const changeOfNumber = {
  messages: [
    {
      id: 'wamid.change',
      timestamp: String(NOON / 1000 + 60),
      type: 'system',
      from: PHONE,
      system: {
        type: 'user_changed_number',
        wa_id: '263775550142',
        user_id: 'ZW.2',
        previous_user_id: 'ZW.1',
      },
    },
  ],
};

test('who changes their number keeps the thread; what comes late under the old one is theirs', async () => {
  await say('first', 0, { from: PHONE, from_user_id: 'ZW.1' });
  const before = await inbox.sql.select().from(conversations);
  await hear(changeOfNumber);
  expect(await inbox.sql.select().from(conversations)).toEqual(before);
  await say('late', 30, { from: PHONE, from_user_id: 'ZW.1' });
  await say('later', 90, { from: '263775550142', from_user_id: 'ZW.2' });
  const [row, ...others] = await shown();
  expect(others).toEqual([]);
  expect(row?.contact).toMatchObject({ phone: '+263775550142', bsuid: 'ZW.2' });
  const { messages: said, events: lines } = await lastPage(inbox, row?.id ?? 0);
  expect(said.map((message) => message.text)).toEqual(['first', 'late', 'later']);
  const line = lines.find(({ kind }) => kind === 'contact.number_changed');
  expect(line).toMatchObject({
    at: NOON + 60_000,
    actor: { kind: 'customer' },
    phones: { from: `+${PHONE}`, to: '+263775550142' },
  });
  expect(line && maskedEvent(line).phones).toEqual({ from: '+263•••••••67', to: '+263•••••••42' });
  const retired = (await inbox.sql.select().from(identities)).filter(({ retiredAt }) => retiredAt !== null);
  expect(retired.map(({ value, retiredAt }) => [value, retiredAt])).toEqual([
    ['ZW.1', NOON + 60_000],
    [PHONE, NOON + 60_000],
  ]);
});

test('the next owner of the number is somebody else', async () => {
  await say('first', 0, { from: PHONE, from_user_id: 'ZW.1' });
  await hear(changeOfNumber);
  await say('somebody', 90, { from: PHONE });
  expect((await shown()).map(({ contact }) => contact.phone)).toEqual([`+${PHONE}`, '+263775550142']);
});

test('who was known by the new number before the change is its former owner, unless they share a BSUID', async () => {
  await say('former', 0, { from: '263775550142' });
  await say('first', 10, { from: PHONE, from_user_id: 'ZW.1' });
  // Heard of ten minutes after noon: the change comes after that.
  const [message] = changeOfNumber.messages;
  await hear({ messages: [{ ...message, timestamp: String(NOON / 1000 + 1200) }] });
  expect(await inbox.sql.select().from(merges)).toEqual([]);
  expect((await shown()).map(({ contact }) => [contact.phone, contact.bsuid])).toEqual([
    ['+263775550142', 'ZW.2'],
    [null, null],
  ]);
});

test('a change is told once, opens no window and asks for no answer', async () => {
  for (const name of [
    'system-number-changed',
    'system-number-changed-before-2026',
    'system-id-changed',
    'system-device-changed',
  ]) {
    await hear(bodyOf('messages', name));
    // The same with other spaces is another webhook.
    await hear({ ...bodyOf('messages', name), again: true });
  }
  await hear(bodyOf('fields', 'user_id_update'), 'user_id_update');
  expect((await told()).map(({ kind, actorKind }) => [kind, actorKind])).toEqual([
    ['contact.number_changed', 'customer'],
    ['contact.number_changed', 'customer'],
    ['contact.id_changed', 'customer'],
    ['contact.device_changed', 'customer'],
    ['contact.id_changed', 'customer'],
  ]);
  expect(await inbox.sql.select().from(messages)).toEqual([]);
  for (const row of await shown()) {
    expect(row).toMatchObject({ state: 'closed', windowExpiresAt: null, waitingSince: null });
  }
  expect((await shown()).map(({ contact }) => [contact.phone, contact.bsuid, contact.name])).toEqual([
    ['+263775550110', 'ZW.13491208655302742110', '+263775550110'],
    ['+263775550109', 'ZW.13491208655302741109', '+263775550109'],
    [null, 'ZW.13491208655302742108', 'ZW.13491208655302742108'],
    ['+263715550107', null, '+263715550107'],
    ['+263715550106', 'ZW.13491208655302742106', '+263715550106'],
  ]);
});

test('two whom a person has parted are not merged again by what WhatsApp says', async () => {
  const both = { from: PHONE, from_user_id: 'ZW.1' };
  await say('by number', 0, { from: PHONE });
  await say('by id', 1, { from_user_id: 'ZW.1' });
  await say('both', 2, both);
  const [merge] = await inbox.sql.select().from(merges);
  await undoMerge(inbox, merge?.id ?? 0, { ...ada, accountId: bakery.accountId }, bench.clock.now);
  await say('again', 3, both);
  await say('once more', 4, both);
  expect((await shown()).map(({ snippet }) => snippet).sort()).toEqual(['both', 'once more']);
  const kinds = (await told()).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'contact.phone_held_elsewhere')).toHaveLength(1);
  expect(await inbox.sql.select().from(merges)).toHaveLength(1);
});
