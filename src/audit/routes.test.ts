import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { insertRows } from '#src/db/rows.ts';
import { audit, members } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import type { Client } from '#src/testing/client.ts';

let box: Box;
let ada: Client;

beforeAll(async () => {
  box = await openBox();
  ada = await box.as('ada');
});
afterAll(() => box.close());

type Row = Partial<typeof audit.$inferInsert>;

const write = (...rows: Row[]) =>
  box.inbox((inbox) =>
    inbox.write(
      'full',
      insertRows(
        audit,
        rows.map((row) => ({
          id: inbox.nextId(),
          at: Date.now(),
          actorKind: 'person' as const,
          actorId: box.userIds.ada,
          action: 'number.added',
          object: `number:1`,
          data: '{}',
          ...row,
        })),
      ),
    ),
  );
const show = async (query = '') => {
  const answer = await ada.get(`/settings/audit${query}`);
  expect(answer.status).toBe(200);
  return await answer.text();
};
const sentencesIn = (html: string) =>
  [...html.matchAll(/<p class="deed__said">(.*?)<\/p>/g)].map(([, text = '']) => text);

test('who did what, when and from where, in sentences, and what was there before', async () => {
  await ada.post('/settings/api', { name: 'Web shop', 'messages.send': '1', expiry: 'never' });
  const html = await show();
  expect(sentencesIn(html)).toContain('Ada Lungu made the API key “Web shop”');
  expect(sentencesIn(html)).toContain('The command line added Bo Sithole with the role Agent');
  expect(html).toContain('from 127.0.0.1');
  expect(html).toContain('Scopes: <b>send messages</b>');
});

test('a sign-in says from where, though nobody was there before it', async () => {
  const data = JSON.stringify({ address: '203.0.113.77' });
  const deed = {
    action: 'session.began',
    object: `user:${box.userIds.bo}`,
    actorKind: 'system',
    actorId: null,
  } as const;
  await write({ ...deed, data });
  const html = await show('?kind=session');
  expect(sentencesIn(html)).toEqual(['Bo Sithole signed in']);
  expect(html).toContain('from 203.0.113.77');
});

test('a filter leaves what fits: somebody, a kind, an object, days', async () => {
  const only = async (query: string) => sentencesIn(await show(query));
  expect(await only(`?by=person:${box.userIds.ada}`)).toEqual(['Ada Lungu made the API key “Web shop”']);
  for (const sentence of await only('?by=command&kind=member')) {
    expect(sentence).toStartWith('The command line added');
  }
  expect(await only(`?object=user:${box.userIds.bo}&kind=member`)).toEqual([
    'The command line added Bo Sithole with the role Agent',
  ]);
  expect(await only('?to=2020-01-01')).toEqual([]);
  expect(await show('?to=2020-01-01')).toContain('Nothing fits');
  expect((await ada.get('/settings/audit?from=soon')).status).toBe(422);
});

test('older rows come by a cursor, each once, with the filter that was set', async () => {
  await write(
    ...Array.from({ length: 120 }, (_, index) => ({ action: 'orchard.tended', object: `tree:${index}` })),
  );
  let path: string | undefined = '?kind=orchard';
  const seen: string[] = [];
  let pages = 0;
  while (path !== undefined) {
    const html: string = await show(path);
    seen.push(...sentencesIn(html));
    path = html.match(/href="\/settings\/audit(\?[^"]*cursor=[^"]*)"/)?.[1]?.replaceAll('&amp;', '&');
    pages += 1;
  }
  expect(pages).toBe(3);
  expect(seen).toHaveLength(120);
  expect(new Set(seen).size).toBe(120);
});

test('people who left, and what is gone from its table, are still named', async () => {
  const { bo } = box.userIds;
  const leave = (leftAt: number | null) =>
    box.inbox((inbox) =>
      inbox.write('full', [inbox.sql.update(members).set({ leftAt }).where(eq(members.userId, bo))]),
    );
  await leave(1);
  const html = await show(`?object=user:${bo}&kind=member`);
  expect(sentencesIn(html)).toEqual(['The command line added Bo Sithole with the role Agent']);
  expect(html).toContain('Bo Sithole (left)');
  await leave(null);
  await write(
    { action: 'role.created', object: 'role:77', data: JSON.stringify({ after: { name: 'Night shift' } }) },
    { action: 'role.deleted', object: 'role:77' },
  );
  const [newest] = sentencesIn(await show('?object=role:77'));
  expect(newest).toContain('Night shift');
});

test('neither secrets nor customers’ words get out, even when they were noted', async () => {
  const data = JSON.stringify({
    access_token: 'CANARY-1',
    text: 'CANARY-2',
    after: { password: 'CANARY-3' },
  });
  await write({ action: 'number.reconnected', data });
  expect(await show()).not.toContain('CANARY');
  for (const format of ['csv', 'json']) {
    expect(await (await ada.get(`/settings/audit.${format}`)).text()).not.toContain('CANARY');
  }
});

test('markup in what was noted stays text', async () => {
  const name = '<img src=x onerror=alert(1)>';
  await write({ action: name, object: `thing:${name}`, data: JSON.stringify({ after: { name } }) });
  expect(await show()).not.toContain('<img');
});

test('the exports have every row that fits, in the file’s own shape, and are themselves in the trail', async () => {
  await write(
    ...Array.from({ length: 1_300 }, (_, index) => ({ action: 'tide.turned', object: `tide:${index}` })),
  );
  const csv = await ada.get('/settings/audit.csv?kind=tide');
  expect(csv.headers.get('content-type')).toStartWith('text/csv');
  expect(csv.headers.get('content-disposition')).toMatch(
    /^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/,
  );
  expect(csv.headers.get('cache-control')).toContain('no-store');
  const lines = (await csv.text()).trimEnd().split('\r\n');
  expect(lines[0]).toBe('id,at,actor_kind,actor_id,actor,action,object,object_name,address,sentence,data');
  expect(new Set(lines.slice(1).map((line) => line.split(',')[6])).size).toBe(1_300);

  const json = await ada.get('/settings/audit.json?kind=tide');
  expect(json.headers.get('content-disposition')).toContain('.json"');
  const { data } = await json.json();
  expect(data).toHaveLength(1_300);
  expect(data[0]).toMatchObject({ actor: 'Ada Lungu', action: 'tide.turned', object: 'tide:1299', data: {} });

  expect(sentencesIn(await show('?kind=audit')).slice(0, 2)).toEqual([
    'Ada Lungu exported the audit trail as JSON',
    'Ada Lungu exported the audit trail as CSV',
  ]);
});

test('a filter that fits nothing is still a file', async () => {
  const later = await box.as('ada');
  expect(await (await later.get('/settings/audit.json?kind=nothing')).json()).toEqual({ data: [] });
});

test('exports are few a minute', async () => {
  const statuses = [];
  for (let n = 0; n < 7; n += 1) {
    const answer = await ada.get('/settings/audit.csv?kind=nothing');
    await answer.text();
    statuses.push(answer.status);
  }
  expect(statuses.at(-1)).toBe(429);
});

test('only who may read it reads it, and only of their own business', async () => {
  const bo = await box.as('bo');
  const stranger = await box.asStranger();
  for (const path of ['/settings/audit', '/settings/audit.csv', '/settings/audit.json']) {
    expect((await bo.get(path)).status).toBe(403);
    const answer = await stranger.get(path);
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain('Ada');
  }
});
