import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { NOON, NUMBER } from '#src/conversations/testing.ts';
import { conversations, identities, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import { sealToken } from '#src/numbers/number-token.ts';
import { notePhoneApp } from '#src/numbers/phone-app.ts';
import { openSendingShop, PHONE_NUMBER_ID, type SendingShop } from './delivery-testing.ts';
import { loadRecipients } from './outbox-subject.ts';

const MINUTE = 60_000;
const OTHER = { id: NUMBER + 1, phoneNumberId: '206540352242922', token: 'the-other-token' };
let shop: SendingShop;
beforeEach(async () => {
  shop = await openSendingShop();
});
afterEach(() => shop.close());

const go = async () => {
  shop.poke();
  await shop.delivery.idle();
};

/** A second number of the account, on which conversation 2 is. */
async function addOtherNumber(): Promise<void> {
  shop.simulator.addNumber({
    phoneNumberId: OTHER.phoneNumberId,
    wabaId: '102290129340398',
    displayPhoneNumber: '+1 555 078 3882',
    verifiedName: 'Yard',
    accessToken: OTHER.token,
    appSecret: 'an app secret that is long',
    webhookUrl: null,
    verifyToken: 'verify',
  });
  const customer = await shop.conversation(2);
  customer.write(OTHER.phoneNumberId, { type: 'text', text: { body: 'Hello' } });
  await shop.inbox((open) =>
    open.write('full', [
      open.sql.insert(numbers).values({
        id: OTHER.id,
        phoneNumberId: OTHER.phoneNumberId,
        wabaId: '102290129340398',
        displayPhone: '+1 555 078 3882',
        name: 'Yard',
        token: sealToken(open, OTHER.id, OTHER.token),
        state: 'live',
        connectedAt: NOON,
      }),
      open.sql.update(conversations).set({ numberId: OTHER.id }).where(eq(conversations.id, 2)),
    ]),
  );
}

test('when Meta’s headers say that the limit is reached, the number waits as long, and what was taken stays taken', async () => {
  await shop.conversation(1);
  await shop.conversation(2);
  shop.simulator.trouble.limitReached(19);
  const first = await shop.write(1, 'one');
  await go();
  expect((await shop.message(first)).status).toBe('accepted');
  shop.simulator.trouble.limitReached(0);

  const second = await shop.write(2, 'two');
  await go();
  shop.clock.now += 18 * MINUTE;
  await go();
  expect((await shop.message(second)).status).toBe('queued');

  shop.clock.now += 2 * MINUTE;
  await go();
  expect((await shop.message(second)).status).toBe('accepted');
  expect(shop.simulator.sent).toHaveLength(2);
});

test('a number that a phone has, too, sends twenty a second from its first message on, and nothing is refused', async () => {
  shop.simulator.putOnPhone(PHONE_NUMBER_ID);
  await shop.inbox((open) => open.write('full', notePhoneApp(open, NUMBER, true)));
  for (let id = 1; id <= 25; id += 1) {
    await shop.conversation(id);
    await shop.write(id, 'to everyone');
  }
  await go();
  expect(shop.simulator.sent).toHaveLength(20);
  shop.clock.now += 1_100;
  await go();
  expect(shop.simulator.sent).toHaveLength(25);
  expect(shop.simulator.requests.every(({ status }) => status === 200)).toBe(true);
});

test('an expired token pauses its number alone, keeps what waits there, and the others go on', async () => {
  await shop.conversation(1);
  await addOtherNumber();
  shop.simulator.trouble.expireToken(PHONE_NUMBER_ID);
  const [held, sent] = [await shop.write(1, 'one'), await shop.write(2, 'two')];
  await go();
  expect((await shop.message(held)).status).toBe('queued');
  expect((await shop.message(sent)).status).toBe('accepted');
  const states = await shop.inbox(({ sql: db }) => db.select().from(numbers));
  expect(states.map(({ id, state, pausedFor }) => [id, state, pausedFor])).toEqual([
    [NUMBER, 'paused', 'token'],
    [OTHER.id, 'live', null],
  ]);
});

test('everybody whose messages wait for a paused number is told, not only whose message was refused', async () => {
  await shop.conversation(1);
  await shop.conversation(2);
  shop.simulator.trouble.expireToken(PHONE_NUMBER_ID);
  await shop.write(1, 'one');
  await shop.inbox((open) =>
    open.write('normal', [open.sql.update(outbox).set({ notBefore: shop.clock.now + MINUTE })]),
  );
  await shop.write(2, 'two');
  await go();
  const told = shop.published.slice(-2);
  expect(told).toEqual([{ conversationId: 2 }, { conversationId: 1 }]);
});

test('a parent BSUID is written to only where there is nothing else', async () => {
  await shop.conversation(1);
  await shop.inbox((open) =>
    open.write('normal', [
      open.sql.insert(identities).values({
        id: 900,
        contactId: 1,
        kind: 'parent_bsuid',
        scope: '',
        value: 'ZW.ENT.9001',
        asReceived: 'ZW.ENT.9001',
        seenAt: shop.clock.now,
      }),
    ]),
  );
  const addressed = () => {
    const { to, recipient } = shop.simulator.sent.at(-1)?.body ?? {};
    return { to, recipient };
  };
  await shop.write(1, 'one');
  await go();
  expect(addressed()).toEqual({ to: '+263770000001', recipient: undefined });
  await shop.inbox((open) =>
    open.write('normal', [open.sql.delete(identities).where(eq(identities.kind, 'phone'))]),
  );
  await shop.write(1, 'two');
  await go();
  expect(addressed()).toEqual({ to: undefined, recipient: 'ZW.ENT.9001' });
});

test('who is known in two portfolios is written to as that of the number knows them', async () => {
  await shop.conversation(1);
  const bsuid = (id: number, scope: string, seenAt: number) => ({
    id,
    contactId: 1,
    kind: 'bsuid' as const,
    scope,
    value: `ZW.${id}`,
    asReceived: `ZW.${id}`,
    seenAt,
  });
  const addressIn = (portfolioId: string | null) =>
    shop.inbox(async (open) => {
      await open.write('normal', [open.sql.update(numbers).set({ portfolioId })]);
      return (await loadRecipients(open, [1])).get(1)?.to;
    });
  await shop.inbox((open) =>
    open.write('normal', [
      open.sql.delete(identities),
      open.sql
        .insert(identities)
        .values([bsuid(901, 'own', shop.clock.now), bsuid(902, 'another', shop.clock.now + MINUTE)]),
    ]),
  );
  expect(await addressIn('own')).toEqual({ bsuid: 'ZW.901' });
  expect(await addressIn(null)).toEqual({ bsuid: 'ZW.902' });
  expect(await addressIn('a third')).toBeNull();
});
