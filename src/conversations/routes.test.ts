import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { events, reads, conversations as rows } from '#src/db/schema/inbox/index.ts';
import { asFragment, type Client } from '#src/testing/client.ts';
import { conversations } from './routes.tsx';
import { HOUR, seedConversation, seedMessage } from './testing.ts';
import { type ServedShop, serveShop } from './testing-server.ts';

const REFUND = 7;
const GREETING = 8;
const DONE = 9;
const HOSTILE = '"><script>alert(1)</script>\u202e';

let shop: ServedShop;
let ada: Client;

beforeAll(async () => {
  shop = await serveShop((services) => [conversations(services)]);
  const { inbox, clock } = shop;
  const at = clock.now;
  await inbox.write('normal', [
    ...seedConversation(inbox, REFUND, { lastArrivedAt: at, waitingSince: at, windowExpiresAt: at + HOUR }),
    ...Array.from({ length: 50 }, (_, n) =>
      seedMessage(inbox, { id: 701 + n, conversationId: REFUND, orderedAt: at + n, text: `Line ${n}` }),
    ),
    ...seedConversation(inbox, GREETING, {
      lastArrivedAt: at - HOUR,
      assigneeId: shop.adaId,
      snippet: HOSTILE,
    }),
    seedMessage(inbox, { id: 801, conversationId: GREETING, orderedAt: at, text: HOSTILE }),
    ...seedConversation(inbox, DONE, { state: 'closed', lastArrivedAt: at - 2 * HOUR }),
  ]);
  ada = await shop.as(shop.adaId);
});
afterAll(() => shop.close());

const textOf = async (path: string, client = ada) => {
  const response = await client.get(path);
  expect([path, response.status]).toEqual([path, 200]);
  return response.text();
};
const locationOf = (response: Response) => [response.status, response.headers.get('location')];
const refund = async () => {
  const [row] = await shop.inbox.sql.select().from(rows).where(eq(rows.id, REFUND));
  return row;
};
const kinds = async () =>
  (await shop.inbox.sql.select().from(events).orderBy(events.id)).map(({ kind }) => kind);

test('every view is a page that lists what belongs there', async () => {
  const listed = async (view: string) =>
    [...(await textOf(`/inbox/${view}`)).matchAll(/id="row-(\d+)"/g)].map(([, id]) => Number(id));
  expect(await listed('mine')).toEqual([GREETING]);
  expect(await listed('unassigned')).toEqual([REFUND]);
  expect(await listed('all')).toEqual([REFUND, GREETING]);
  expect(await listed('needs-reply')).toEqual([REFUND]);
  expect(await listed('closing')).toEqual([REFUND]);
  expect(await listed('closed')).toEqual([DONE]);
});

test('the short addresses lead to where one would look', async () => {
  expect(locationOf(await ada.get('/'))).toEqual([303, '/inbox/mine']);
  expect(locationOf(await ada.get('/inbox'))).toEqual([303, '/inbox/mine']);
  expect(locationOf(await ada.get(`/c/${REFUND}`))).toEqual([303, `/inbox/unassigned/${REFUND}`]);
  expect(locationOf(await ada.get(`/c/${GREETING}`))).toEqual([303, `/inbox/mine/${GREETING}`]);
  expect(locationOf(await ada.get(`/c/${DONE}`))).toEqual([303, `/inbox/closed/${DONE}`]);
  const bo = await shop.as(shop.boId);
  expect(locationOf(await bo.get(`/c/${GREETING}`))).toEqual([303, `/inbox/all/${GREETING}`]);
});

test('a thread comes with its newest messages, and the earlier ones behind a link', async () => {
  const page = await textOf(`/inbox/all/${REFUND}`);
  expect(page).toContain('Line 49');
  expect(page).not.toContain('Line 9<');
  expect(page).toContain(`data-live="${shop.services.live.position(shop.accountId)}"`);
  const [, before] = page.match(/href="\?before=([\w%-]+)"/) ?? [];
  const earlier = await textOf(`/inbox/all/${REFUND}?before=${before}`);
  expect(earlier).toContain('Line 9<');
  expect(earlier).not.toContain('Line 49');
});

test('opening a conversation changes nothing', async () => {
  await textOf(`/inbox/all/${REFUND}`);
  expect(await shop.inbox.sql.select().from(reads)).toEqual([]);
  expect(await refund()).toMatchObject({ waitingSince: shop.clock.now, assigneeId: null });
  expect(await kinds()).toEqual([]);
});

test('what customers wrote is on the page as text, wherever it stands', async () => {
  for (const path of ['/inbox/all', `/inbox/mine/${GREETING}`, `/inbox/mine/${GREETING}/contact`]) {
    expect(await textOf(path)).not.toContain('<script>alert');
  }
  expect(await textOf(`/inbox/mine/${GREETING}`)).toContain('&lt;script');
});

test('a quoted message stands above the box; one of another conversation does not', async () => {
  expect(await textOf(`/inbox/all/${REFUND}?quote=705`)).toMatch(/name="quoted" value="705"/);
  expect(await textOf(`/inbox/all/${REFUND}?quote=801`)).toMatch(/name="quoted" value(="")?[ />]/);
  expect(await textOf(`/inbox/all/${REFUND}?quote=nonsense`)).toMatch(/name="quoted" value(="")?[ />]/);
});

test('addresses that lead nowhere are not found', async () => {
  const paths = [
    '/inbox/starred',
    '/inbox/all/404404',
    '/inbox/all/abc',
    '/inbox/all/-7',
    '/c/404404',
    '/c/1e1',
  ];
  for (const path of paths) {
    expect([path, (await ada.get(path)).status]).toEqual([path, 404]);
  }
  expect((await ada.get('/inbox/all?cursor=made-up')).status).toBe(422);
});

test('a conversation of another account is not found, for reading or anything else', async () => {
  const zodwa = await shop.asStranger();
  expect(await (await zodwa.get('/inbox/all')).text()).not.toContain('row-');
  expect((await zodwa.get(`/inbox/all/${REFUND}`)).status).toBe(404);
  for (const noun of ['assignment', 'closure', 'reopening', 'waiver']) {
    const response = await zodwa.post(`/conversations/${REFUND}/${noun}`, { assignee: '' });
    expect([noun, response.status]).toEqual([noun, 404]);
  }
});

test('nobody gets in without a session, and no foreign page can act for somebody', async () => {
  expect((await shop.anonymous.get(`/inbox/all/${REFUND}`)).headers.get('location')).toStartWith('/login');
  expect((await shop.anonymous.post(`/conversations/${REFUND}/closure`)).headers.get('location')).toStartWith(
    '/login',
  );
  const forged = await ada.post(`/conversations/${REFUND}/closure`, {}, { 'sec-fetch-site': 'cross-site' });
  expect(forged.status).toBe(403);
  expect(await kinds()).toEqual([]);
});

test('a plain form assigns and goes back to where it was', async () => {
  const fields = { assignee: String(shop.boId), back: 'unassigned' };
  const response = await ada.post(`/conversations/${REFUND}/assignment`, fields);
  expect(locationOf(response)).toEqual([303, `/inbox/unassigned/${REFUND}`]);
  expect(await refund()).toMatchObject({ assigneeId: shop.boId });
  const nowhere = await ada.post(`/conversations/${REFUND}/assignment`, {
    assignee: '',
    back: 'https://evil.example',
  });
  expect(locationOf(nowhere)).toEqual([303, `/c/${REFUND}`]);
  expect(await refund()).toMatchObject({ assigneeId: null });
});

test('htmx gets the parts that look different now', async () => {
  const path = `/conversations/${REFUND}/closure`;
  const answer = await ada.post(path, { back: 'all' }, asFragment);
  expect(answer.headers.get('live-position')).toBe(shop.services.live.position(shop.accountId));
  const closed = await answer.text();
  expect(closed).toContain(`hx-target="#thread-inlet-${REFUND}"`);
  expect(closed).toContain('Ada Lungu closed the case');
  expect(closed).toMatch(new RegExp(`id="row-${REFUND}"[^>]*data-state="closed"`));
  expect(closed).not.toContain('<html');
  const again = await (await ada.post(path, {}, asFragment)).text();
  expect(again).not.toContain('closed the case');
  expect(again).toMatch(/data-state="closed"/);
  await ada.post(`/conversations/${REFUND}/reopening`);
  expect(await refund()).toMatchObject({ state: 'open' });
});

test('"no answer needed" is a form too', async () => {
  const waiting = { waitingSince: shop.clock.now };
  await shop.inbox.write('normal', [shop.inbox.sql.update(rows).set(waiting).where(eq(rows.id, REFUND))]);
  expect((await ada.post(`/conversations/${REFUND}/waiver`)).status).toBe(303);
  expect(await refund()).toMatchObject({ waitingSince: null, state: 'open' });
});

test('nothing is settled past what the customer wrote after the page was drawn', async () => {
  const told = { waitingSince: shop.clock.now, lastInboundId: 900_000 };
  await shop.inbox.write('normal', [shop.inbox.sql.update(rows).set(told).where(eq(rows.id, REFUND))]);
  for (const [noun, seen] of [
    ['closure', '899999'],
    ['closure', '0'],
    ['waiver', '899999'],
  ] as const) {
    const late = await ada.post(`/conversations/${REFUND}/${noun}`, { seen });
    expect([noun, late.status]).toEqual([noun, 409]);
    expect(await late.text()).toContain('The customer has written meanwhile');
  }
  expect(await refund()).toMatchObject({ state: 'open', ...told });
  const page = await (await ada.get(`/inbox/all/${REFUND}`)).text();
  const seen = (noun: string) =>
    new RegExp(`form="${noun}-${REFUND}" name="seen" value="(\\d+)"`).exec(page)?.[1] ?? '';
  expect((await ada.post(`/conversations/${REFUND}/waiver`, { seen: seen('waiver') })).status).toBe(303);
  expect((await ada.post(`/conversations/${REFUND}/closure`, { seen: '899999' })).status).toBe(303);
  expect([seen('closure'), await refund()]).toMatchObject(['900000', { state: 'closed' }]);
  await ada.post(`/conversations/${REFUND}/reopening`);
});

test('who may only read gets no further', async () => {
  const before = await kinds();
  await shop.restrict(shop.boId, ['conversations.read']);
  const bo = await shop.as(shop.boId);
  expect((await bo.get(`/inbox/all/${REFUND}`)).status).toBe(200);
  for (const noun of ['assignment', 'closure', 'reopening', 'waiver']) {
    const response = await bo.post(`/conversations/${REFUND}/${noun}`, { assignee: '' });
    expect([noun, response.status]).toEqual([noun, 403]);
  }
  expect(await kinds()).toEqual(before);
});

test('an assignee who is nobody here is refused, and nothing changes', async () => {
  for (const assignee of ['404404', 'me', '1e3']) {
    const response = await ada.post(`/conversations/${REFUND}/assignment`, { assignee });
    expect([assignee, response.status]).toEqual([assignee, 422]);
  }
  expect(await refund()).toMatchObject({ assigneeId: null });
});

test('a page that loads itself anew keeps no session alive; whoever presses something does, whatever is said with it', async () => {
  const byItself = { 'oono-sign': 'look' };
  const [alone, used] = [await shop.as(shop.adaId), await shop.as(shop.adaId)];
  shop.clock.now += 11 * HOUR;
  expect((await alone.get('/inbox/closing', byItself)).status).toBe(200);
  expect((await used.post(`/conversations/${DONE}/closure`, {}, byItself)).status).toBe(303);
  shop.clock.now += HOUR;
  const page = (client: Client) => client.get('/inbox/closing').then(({ status }) => status);
  expect([await page(alone), await page(used)]).toEqual([303, 200]);
});
