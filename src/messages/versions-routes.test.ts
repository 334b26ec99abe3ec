import { afterEach, beforeEach, expect, test } from 'bun:test';
import { findFile } from '#src/attachments/find-file.ts';
import { ada, seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { attachments, files, messages } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { loadMessages } from './load.ts';
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
  ({
    ...base,
    kind: 'revoke',
    wamid: 'wamid.r',
    at: shop.clock.now,
    auditId: shop.inbox.nextId(),
    content: '{"kind":"revoked"}',
  }) as const;
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

test('a file of a deleted message is given out only to who may read the audit trail', async () => {
  const file = { id: 5, mime: 'image/jpeg', state: 'stored' as const };
  await shop.inbox.write('normal', [
    shop.inbox.sql.insert(files).values(file),
    shop.inbox.sql.insert(attachments).values({ messageId: 100, position: 0, fileId: 5 }),
  ]);
  const agent: Viewer = { ...ada, permissions: new Set(['conversations.read']) };
  expect((await findFile(shop.inbox, 5, agent)).id).toBe(5);
  await happen(revocation());
  await expect(findFile(shop.inbox, 5, agent)).rejects.toBeInstanceOf(NotFound);
  expect((await findFile(shop.inbox, 5, ada)).id).toBe(5);
  const [message] = await loadMessages(shop.inbox, [100]);
  expect(message).toMatchObject({ text: '', files: [], content: { kind: 'revoked' } });
});

test('there is nothing to see of a message that was never changed, or of one that is not theirs', async () => {
  expect(await pageFor(shop.adaId)).toMatchObject({ status: 404 });
  await happen(edit('wamid.e1', 'Two loaves', 1));
  await shop.restrict(shop.boId, ['conversations.read'], 'own');
  expect(await pageFor(shop.boId)).toMatchObject({ status: 404 });
});
