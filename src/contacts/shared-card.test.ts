import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq, sql } from 'drizzle-orm';
import { seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { audit, contacts, conversations, identities, messages } from '#src/db/schema/inbox/index.ts';
import { sharedCards } from './shared-card-routes.ts';

let shop: ServedShop;
beforeEach(async () => {
  shop = await serveShop((services) => [sharedCards(services)]);
  const card = (name: string, ...phones: object[]) => ({ name, phones, emails: [] });
  const cards = [
    card('Tatenda', { phone: '+263 77 555 0177', waId: '263775550177' }, { phone: '024 255' }),
    card('Two', { phone: '+263 77 0000002' }),
    card('Nowhere', { phone: '024 255 0178' }),
    card('Brazil', { phone: '+55 11 8123-4567' }),
    card('Brazil again', { phone: '+55 11 98123-4567', waId: '5511981234567' }),
    card('', { phone: '+263 77 555 0199' }),
  ];
  await shop.inbox.write('normal', [
    ...seedConversation(shop.inbox, 1),
    ...seedConversation(shop.inbox, 2, { state: 'closed' }),
    shop.inbox.sql
      .update(messages)
      .set({ type: 'contacts', content: JSON.stringify({ kind: 'contacts', contacts: cards }) })
      .where(eq(messages.id, 100)),
  ]);
});
afterEach(() => shop.close());

const open = async (card: number, userId = shop.boId) => {
  const answer = await (await shop.as(userId)).post('/messages/100/contacts', { card: String(card) });
  return { status: answer.status, location: answer.headers.get('location') };
};
const nameds = (name: string) => shop.inbox.sql.select().from(contacts).where(eq(contacts.name, name));

test('a card becomes a contact with its number, found by search, in an empty conversation of its own', async () => {
  const { status, location } = await open(0);
  const [contact] = await nameds('Tatenda');
  const contactId = contact?.id ?? 0;
  const [conversation] = await shop.inbox.sql
    .select()
    .from(conversations)
    .where(eq(conversations.contactId, contactId));
  expect([status, location]).toEqual([303, `/c/${conversation?.id}`]);
  expect(conversation).toMatchObject({ state: 'closed', windowExpiresAt: null, waitingSince: null });
  expect(
    await shop.inbox.sql.select().from(identities).where(eq(identities.contactId, contactId)),
  ).toMatchObject([{ kind: 'phone', value: '263775550177', retiredAt: null }]);
  const found = shop.inbox.objects(
    sql`select rowid as id from contact_search where contact_search match '5550177'`,
  );
  expect(found).toEqual([{ id: contactId }]);
  expect((await shop.inbox.sql.select().from(audit)).map((row) => row.action)).toContain('card.saved');
});

test('a card pressed twice, by two people at once, makes one contact', async () => {
  const answers = await Promise.all([open(0), open(0, shop.adaId), open(0)]);
  expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
  expect(await nameds('Tatenda')).toHaveLength(1);
});

test('a card without a name names nobody, so that what they call themselves counts', async () => {
  expect((await open(0)).status).toBe(303);
  expect((await open(5)).status).toBe(303);
  expect((await nameds('Tatenda'))[0]?.nameSource).toBe('person');
  expect((await nameds(''))[0]?.nameSource).toBe('none');
});

test('a card of somebody known opens the conversation there is', async () => {
  expect(await open(1)).toEqual({ status: 303, location: '/c/2' });
  expect(await nameds('Two')).toEqual([]);
});

test('both ways to write a Brazilian number lead to one contact', async () => {
  const first = await open(3);
  expect(first.status).toBe(303);
  expect(await open(4)).toEqual(first);
  expect(await nameds('Brazil again')).toEqual([]);
});

test('a card without a country’s number says what is missing; a card that is not there leads nowhere', async () => {
  expect(await open(2)).toMatchObject({ status: 422 });
  expect(await open(9)).toMatchObject({ status: 404 });
  expect((await (await shop.as(shop.boId)).post('/messages/999/contacts', { card: '0' })).status).toBe(404);
});

test('whoever sees only their own sees what they have opened, and nothing of others', async () => {
  await shop.restrict(shop.boId, ['conversations.read', 'conversations.write'], 'own');
  expect(await open(0)).toMatchObject({ status: 404 });
  await shop.inbox.write('normal', [
    shop.inbox.sql.update(conversations).set({ assigneeId: shop.boId }).where(eq(conversations.id, 1)),
  ]);
  expect(await open(0)).toMatchObject({ status: 303 });
  expect(await open(1)).toMatchObject({ status: 404 });
  await shop.restrict(shop.boId, ['conversations.read']);
  expect(await open(3)).toMatchObject({ status: 403 });
  expect(await nameds('Brazil')).toEqual([]);
});
