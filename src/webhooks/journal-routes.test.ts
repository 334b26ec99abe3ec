import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { audit, journal } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { asFragment } from '#src/testing/client.ts';
import { sign } from './testing.ts';

let box: Box;

beforeAll(async () => {
  box = await openBox();
  const value = {
    metadata: { phone_number_id: box.number.phoneNumberId },
    messages: [{ id: '<b>broken</b>' }],
  };
  const body = JSON.stringify({
    entry: [{ id: box.number.wabaId, changes: [{ field: 'messages', value }] }],
  });
  const headers = { 'x-hub-signature-256': sign(body, box.number.appSecret) };
  const answer = await fetch(`${box.url}/webhooks/whatsapp`, { method: 'POST', body, headers });
  expect(answer.status).toBe(200);
  await box.settled();
});
afterAll(() => box.close());

const failedId = async () => (await box.inbox(({ sql }) => sql.select().from(journal)))[0]?.id ?? 0;

test('the owner sees what could not be taken in, and why', async () => {
  const ada = await box.as('ada');
  const page = await (await ada.get('/settings/journal')).text();
  expect(page).toContain('The message does not say who sent it.');
  expect(page).toContain(`/journal/${await failedId()}/replays`);
});

test('Replay tries it again, is kept in the audit log, and shows the change when it fails again', async () => {
  const ada = await box.as('ada');
  const id = await failedId();
  expect((await ada.post(`/journal/${id}/replays`)).status).toBe(303);
  const part = await (await ada.post(`/journal/${id}/replays`, {}, asFragment)).text();
  expect(part).toContain(`id="change-${id}"`);
  const deeds = (await box.inbox(({ sql }) => sql.select().from(audit))).map(
    (row) => `${row.action} ${row.object}`,
  );
  expect(deeds.filter((deed) => deed === `change.replayed change:${id}`)).toHaveLength(2);
  const rows = await box.inbox(({ sql }) =>
    sql
      .select()
      .from(audit)
      .where(eq(audit.object, `change:${id}`)),
  );
  expect(JSON.parse(rows[0]?.data ?? '')).toEqual({
    field: 'messages',
    before: { state: 'failed', attempts: 0 },
    after: { state: 'pending', attempts: 1 },
  });
});

test('an agent may not look, nor may the owner of another account replay', async () => {
  const bo = await box.as('bo');
  expect((await bo.get('/settings/journal')).status).toBe(403);
  expect((await bo.post(`/journal/${await failedId()}/replays`)).status).toBe(403);
  const stranger = await box.asStranger();
  expect((await stranger.post(`/journal/${await failedId()}/replays`)).status).toBe(404);
  expect(await (await stranger.get('/settings/journal')).text()).not.toContain('does not say who sent it');
});
