import { afterEach, beforeEach, expect, test } from 'bun:test';
import { asc, eq, sql } from 'drizzle-orm';
import { apiKeyCreate } from '#src/api/commands.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { StorageFull } from '#src/errors.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { loggedLines } from '#src/testing/log.ts';
import { until } from '#src/testing/until.ts';
import { auditRow } from './audit-row.ts';

const MINUTE = 60_000;

let clock: number;
let box: Box;

beforeEach(async () => {
  clock = Date.now();
  box = await openBox({ now: () => clock });
});
afterEach(() => box.close());

const denials = (work = box.inbox) =>
  work(({ sql: db }: Inbox) =>
    db.select().from(audit).where(eq(audit.action, 'access.denied')).orderBy(asc(audit.id)),
  );
/** The rows once there are so many. */
const noted = (count: number) =>
  until(`${count} denials`, async () => {
    const rows = await denials();
    return rows.length >= count ? rows : null;
  });

test('a refusal is noted: who, from where, which route; never what was sent', async () => {
  const bo = await box.as('bo');
  expect((await bo.get('/settings/audit?by=CANARY')).status).toBe(403);
  expect((await bo.post('/settings/api', { name: 'CANARY', expiry: 'never' })).status).toBe(403);
  const rows = await noted(2);
  expect(
    rows.map(({ actorKind, actorId, object, address }) => [actorKind, actorId, object, address]),
  ).toEqual([
    ['person', box.userIds.bo, 'route:GET /settings/audit', '127.0.0.1'],
    ['person', box.userIds.bo, 'route:POST /settings/api', '127.0.0.1'],
  ]);
  expect(JSON.parse(rows[1]?.data ?? '')).toEqual({ method: 'POST', route: '/settings/api', status: 403 });
  expect(JSON.stringify(rows)).not.toContain('CANARY');
});

test('a change to what one may not see is noted, looking for it is not', async () => {
  const bo = await box.as('bo');
  expect((await bo.get('/inbox/all/404404')).status).toBe(404);
  expect((await bo.get('/nowhere')).status).toBe(404);
  expect((await bo.post('/nowhere', { a: 'b' })).status).toBe(404);
  expect((await bo.post('/conversations/404404/closure', { back: 'all' })).status).toBe(404);
  const rows = await noted(1);
  expect(rows.map(({ object }) => object)).toEqual(['route:POST /conversations/:id/closure']);
});

test('a key is noted as people are', async () => {
  const options = { account: String(box.accountId), name: 'Sender', scopes: 'messages.send' };
  const { key } = await apiKeyCreate(box.services, { options, stdin: null });
  const headers = { authorization: `Bearer ${key}` };
  expect((await box.api('/api/v1/conversations', { headers })).status).toBe(403);
  const [row] = await noted(1);
  expect([row?.actorKind, row?.object]).toEqual(['key', 'route:GET /api/v1/conversations']);
});

test('there is one row a minute for each person and route', async () => {
  const bo = await box.as('bo');
  for (let n = 0; n < 20; n += 1) {
    await bo.get('/settings/audit');
    await bo.get('/settings/api');
  }
  expect((await noted(2)).map(({ object }) => object)).toEqual([
    'route:GET /settings/audit',
    'route:GET /settings/api',
  ]);
  clock += MINUTE;
  await bo.get('/settings/audit');
  expect(await noted(3)).toHaveLength(3);
});

test('who is not signed in, or comes from another site, writes nothing into the trail', async () => {
  const ada = await box.as('ada');
  const bo = await box.as('bo');
  const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
  expect((await ada.post('/settings/api', { name: 'x' }, foreign)).status).toBe(403);
  expect((await box.anonymous.post('/settings/api', { name: 'x' })).status).toBe(303);
  expect((await bo.get('/settings/audit')).status).toBe(403);
  expect(await noted(1)).toHaveLength(1);
});

test('being asked for a proof of who one is, is no refusal', async () => {
  const bo = await box.as('bo');
  clock += 11 * MINUTE;
  const asked = await bo.post('/me/passkeys/7/removal', { a: 'b' });
  expect(asked.headers.get('location')).toContain('/me/proof');
  expect((await bo.get('/settings/audit')).status).toBe(403);
  expect((await noted(1)).map(({ object }) => object)).toEqual(['route:GET /settings/audit']);
});

test('what the owner of another account is refused stands in their own trail', async () => {
  const stranger = await box.asStranger();
  const bo = await box.as('bo');
  expect((await stranger.post('/settings/api/404/revocation', { a: 'b' })).status).toBe(404);
  expect((await bo.get('/settings/audit')).status).toBe(403);
  expect((await noted(1)).map(({ actorId }) => actorId)).toEqual([box.userIds.bo]);
  const page = await until('their row', async () => {
    const html = await (await stranger.get('/settings/audit?kind=access')).text();
    return html.includes('POST /settings/api/:id/revocation') ? html : null;
  });
  expect(page).toContain('Zodwa Khumalo was refused');
});

test('when the disk is full the refusal is answered as ever, and the log says that it was not noted', async () => {
  const bo = await box.as('bo');
  await box.inbox(fill);
  expect((await bo.get('/settings/audit')).status).toBe(403);
  await until('the warning', async () => loggedLines().some((line) => line.includes('was not noted')));
  expect(await denials()).toEqual([]);
});

/** Leaves no room for another row. */
async function fill(inbox: Inbox): Promise<void> {
  await inbox.objects(sql.raw('pragma max_page_count = 1'));
  const deed = { at: 0, actor: { kind: 'system' as const }, action: 'a.b', object: 'c:1' };
  for (;;) {
    try {
      await inbox.write('normal', [auditRow(inbox, deed)]);
    } catch (error) {
      expect(error).toBeInstanceOf(StorageFull);
      return;
    }
  }
}
