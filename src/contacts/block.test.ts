import { afterEach, beforeEach, expect, test } from 'bun:test';
import { audit, contacts, conversations } from '#src/db/schema/inbox/index.ts';
import { type FileBox, openFileBox, RUDO } from '#src/messages/file-testing.ts';

const DAY = 24 * 60 * 60_000;
let box: FileBox;
let contactId: number;
beforeEach(async () => {
  box = await openFileBox();
  [contactId = 0] = await box.inbox(async ({ sql: db }) =>
    (await db.select({ id: contacts.id }).from(contacts)).map(({ id }) => id),
  );
});
afterEach(() => box.close());

const say = (what: 'blocking' | 'unblocking', who = box.ada) =>
  who.post(`/contacts/${contactId}/${what}`, { conversation: String(box.conversationId), back: 'all' });
const contact = () =>
  box.inbox(async ({ sql: db }) => (await db.select().from(contacts))[0]?.blockedAt ?? null);
const conversation = () => box.inbox(async ({ sql: db }) => (await db.select().from(conversations))[0]);
const asked = () =>
  box.simulator.requests
    .filter(({ path }) => path.endsWith('/block_users'))
    .map(({ method, body, status }) => ({ method, body, status }));
const page = async (path = `/inbox/all/${box.conversationId}`) => (await box.ada.get(path)).text();
const trail = () =>
  box.inbox(async ({ sql: db }) =>
    (await db.select().from(audit))
      .map(({ action }) => action)
      .filter((action) => action.startsWith('block.')),
  );

test('a customer is blocked here and at WhatsApp, and what they write then asks for nothing', async () => {
  expect((await say('blocking')).headers.get('location')).toBe(`/inbox/all/${box.conversationId}`);
  expect(asked()).toEqual([
    {
      method: 'POST',
      body: { messaging_product: 'whatsapp', block_users: [{ user: RUDO }] },
      status: 200,
    },
  ]);
  expect(await contact()).toBe(box.clock.now);
  expect(await trail()).toEqual(['block.made']);

  await box.rudo.say(box.number.phoneNumberId, 'Hello again');
  await box.settled();
  expect(await conversation()).toMatchObject({ state: 'closed', waitingSince: null });
  const shown = await page();
  expect(shown).toContain('blocked this customer');
  expect(shown).not.toContain('<textarea');
  expect((await box.send([], 'Hello?')).status).toBe(422);
});

test('the blocked have a view of their own, in which nobody else is', async () => {
  await say('blocking');
  const tendai = box.simulator.customer('+263772000002', { name: 'Tendai' });
  await tendai.say(box.number.phoneNumberId, 'Hi');
  await box.settled();
  const view = await page('/inbox/blocked');
  expect(view).toContain('Rudo');
  expect(view).not.toContain('Tendai');
  await say('unblocking');
  expect(await page('/inbox/blocked')).toContain('Nobody is blocked');
});

test('where WhatsApp blocks nobody who has not written for a day, the block holds here, and the thread says so', async () => {
  box.clock.now += 2 * DAY;
  const ada = await box.as('ada');
  await say('blocking', ada);
  expect(asked()).toMatchObject([{ status: 400 }]);
  expect(await contact()).toBe(box.clock.now);
  expect(await trail()).toEqual(['block.made', 'block.refused']);
  const shown = await (await ada.get(`/inbox/all/${box.conversationId}`)).text();
  expect(shown).toContain('it blocks only who has written in the last 24 hours');
});

test('when WhatsApp cannot be asked, the block holds here, and asking again asks WhatsApp again', async () => {
  box.simulator.trouble.httpError(503, 1, { on: 'other' });
  await say('blocking');
  expect(await page()).toContain('could not be asked to block this customer');
  await say('blocking');
  expect(asked().map(({ status }) => status)).toEqual([503, 200]);
  expect(await trail()).toEqual(['block.made', 'block.refused']);
});

test('unblocking takes both back, and messages go again', async () => {
  await say('blocking');
  await say('unblocking');
  expect(asked().map(({ method, status }) => [method, status])).toEqual([
    ['POST', 200],
    ['DELETE', 200],
  ]);
  expect(await contact()).toBeNull();
  expect(await trail()).toEqual(['block.made', 'block.ended']);
  await box.send([], 'Hello again');
  await box.settled();
  expect(box.simulator.sent.at(-1)).toMatchObject({ status: 'delivered' });
});

test('somebody without a phone number is blocked by their BSUID', async () => {
  const { default: body } = await import('#src/whatsapp/bodies/messages/text-without-phone.json');
  await box.simulator.deliver(box.number.phoneNumberId, {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: box.number.wabaId,
        changes: [
          {
            field: 'messages',
            value: {
              ...body,
              metadata: {
                display_phone_number: box.number.displayPhone,
                phone_number_id: box.number.phoneNumberId,
              },
            },
          },
        ],
      },
    ],
  });
  await box.settled();
  contactId = await box.inbox(async ({ sql: db }) =>
    Math.max(...(await db.select({ id: contacts.id }).from(contacts)).map(({ id }) => id)),
  );
  await say('blocking');
  expect(asked()).toMatchObject([{ body: { block_users: [{ user_id: body.contacts[0]?.user_id }] } }]);
});
