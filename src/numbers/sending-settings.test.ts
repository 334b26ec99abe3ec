import { afterAll, beforeAll, expect, test } from 'bun:test';
import { audit, numbers } from '#src/db/schema/inbox/index.ts';
import { type FileBox, openFileBox } from '#src/messages/file-testing.ts';

let box: FileBox;
let path: string;
beforeAll(async () => {
  box = await openFileBox();
  const [row] = await box.inbox(({ sql: db }) => db.select().from(numbers));
  path = `/numbers/${row?.id}/sending`;
});
afterAll(() => box.close());

const stored = () => box.inbox(async ({ sql: db }) => (await db.select().from(numbers))[0]);

test('an admin chooses what customers see, and the trail says so', async () => {
  const answer = await box.ada.post(path, { receipts: 'opened', typing: '1', previews: '1' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}?done`]);
  expect(await stored()).toMatchObject({
    readReceipts: 'opened',
    settings: '{"shows_typing":true,"has_previews":true}',
  });
  const page = await (await box.ada.get(path)).text();
  expect([...page.matchAll(/<input [^>]*checked[^>]*>/g)]).toHaveLength(3);
  const trail = await box.inbox(({ sql: db }) => db.select().from(audit));
  expect(trail.at(-1)).toMatchObject({ action: 'number.set' });
});

test('a number that is set so offers a preview with every text', async () => {
  await box.ada.post(path, { receipts: 'never', previews: '1' });
  const thread = await (await box.ada.get(`/inbox/all/${box.conversationId}`)).text();
  expect(/<input[^>]*name="preview"[^>]*>/.exec(thread)?.[0]).toContain('checked');
});

test('typing is not shown on a number that says "read" later or never, and the form says why', async () => {
  await box.ada.post(path, { receipts: 'answered' });
  const answer = await box.ada.post(path, { receipts: 'never', typing: '1' });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('WhatsApp marks messages as read when it shows that somebody writes');
  expect(await stored()).toMatchObject({ readReceipts: 'answered' });
});
