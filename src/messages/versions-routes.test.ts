import { afterEach, beforeEach, expect, test } from 'bun:test';
import { seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import { rewritingStatements } from './receive-versions.ts';
import { versions } from './versions-routes.tsx';

const MINUTE = 60_000;
let shop: ServedShop;
beforeEach(async () => {
  shop = await serveShop((services) => [versions(services)]);
  const content = JSON.stringify({ kind: 'text', forwarded: 'once' });
  await shop.inbox.write('normal', [
    ...seedConversation(shop.inbox, 1),
    shop.inbox.sql.update(messages).set({ text: 'Two loafs', content }),
  ]);
});
afterEach(() => shop.close());

const base = { messageId: 100, conversationId: 1, direction: 'in' } as const;
const edit = (wamid: string, text: string, minute: number) =>
  ({ ...base, kind: 'edit', wamid, text, at: shop.clock.now + minute * MINUTE, auditId: 0 }) as const;
const revocation = () =>
  ({ ...base, kind: 'revoke', wamid: 'wamid.r', at: shop.clock.now, auditId: shop.inbox.nextId() }) as const;
const happen = (...what: Parameters<typeof rewritingStatements>[0]) =>
  shop.inbox.write('normal', rewritingStatements(what));
const pageFor = async (userId: number) => {
  const answer = await (await shop.as(userId)).get('/messages/100/versions');
  return { status: answer.status, html: await answer.text() };
};

test('whoever sees the conversation sees what a message said before, the newest first', async () => {
  await happen(edit('wamid.e1', 'Two loaves', 1), edit('wamid.e2', 'Three loaves', 2));
  const { status, html } = await pageFor(shop.boId);
  expect(status).toBe(200);
  const places = ['Three loaves', 'Two loaves', 'Two loafs'].map((words) => html.indexOf(words));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('what somebody deleted is there only for who may read the audit trail', async () => {
  await happen(revocation());
  expect(await pageFor(shop.boId)).toMatchObject({ status: 403 });
  const owner = await pageFor(shop.adaId);
  expect(owner.html).toContain('Two loafs');
  expect(owner.html).toContain('Deleted');
});

test('there is nothing to see of a message that was never changed, or of one that is not theirs', async () => {
  expect(await pageFor(shop.adaId)).toMatchObject({ status: 404 });
  await happen(edit('wamid.e1', 'Two loaves', 1));
  await shop.restrict(shop.boId, ['conversations.read'], 'own');
  expect(await pageFor(shop.boId)).toMatchObject({ status: 404 });
});
