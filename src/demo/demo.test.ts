import { afterAll, beforeAll, expect, test } from 'bun:test';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, startProcess } from '#src/testing/server-process.ts';
import { until } from '#src/testing/until.ts';

const HOUR = 60 * 60 * 1000;

let temporary: string;
let demo: ServerProcess;

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
  demo = await startProcess({ TMPDIR: temporary }, ['demo', '--json']);
});

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

type Listed = {
  id: number;
  number_id: number;
  contact: { id: number; phone: string | null };
  state: string;
  assignee_id: number | null;
  unanswered: boolean;
  window_expires_at: string | null;
  last_message_at: string;
};
type Said = {
  type: string;
  attachments: { mime_type: string; size: number | null }[];
  direction: string;
  text: string;
  status: string;
  error: { code: number } | null;
};

const ask = (path: string) =>
  fetch(`${demo.ready.url}${path}`, { headers: { authorization: `Bearer ${demo.ready.api_key}` } });

async function everyConversation(): Promise<Listed[]> {
  const listed: Listed[] = [];
  let next: string | null = '';
  while (next !== null) {
    const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    const page = (await (await ask(`/api/v1/conversations?limit=100${cursor}`)).json()) as Page<Listed>;
    listed.push(...page.data);
    next = page.next;
  }
  return listed;
}

async function saidIn({ id }: Listed): Promise<Said[]> {
  const answer = await ask(`/api/v1/conversations/${id}/messages?limit=100`);
  return ((await answer.json()) as Page<Said>).data;
}

type Page<Item> = { data: Item[]; next: string | null };

async function signIn(link: string): Promise<string> {
  const followed = await fetch(link, { redirect: 'manual' });
  expect(followed.status).toBe(303);
  expect(followed.headers.get('location')).toBe('/inbox');
  return followed.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const look = (path: string, cookie: string) =>
  fetch(`${demo.ready.url}${path}`, { headers: { cookie }, redirect: 'manual' });

const act = (url: string, cookie: string, fields: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { cookie, origin: new URL(url).origin },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });

test('it says where everything is, in one line', () => {
  const { url, login_url, phone_url, ...rest } = demo.ready;
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(login_url).toStartWith(`${url}/demo/login/`);
  expect(phone_url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/phone$/);
  expect(phone_url).not.toStartWith(`${url}/`);
  expect(Object.keys(rest).sort()).toEqual(['api_key', 'app_secret', 'phone_number_id', 'waba_id']);
});

test('the shop has a month of conversations of every kind', async () => {
  const all = await everyConversation();
  const left = ({ window_expires_at }: Listed) => Date.parse(window_expires_at ?? '') - Date.now();
  expect(all).toHaveLength(120);
  expect(new Set(all.map(({ number_id }) => number_id)).size).toBe(2);
  expect(new Set(all.map(({ assignee_id }) => assignee_id)).size).toBe(5);
  expect(all.filter(({ contact }) => contact.phone === null).length).toBeGreaterThan(0);
  expect(all.filter(({ state }) => state === 'closed').length).toBeGreaterThan(80);
  expect(all.filter((row) => row.unanswered && left(row) > 0 && left(row) < HOUR)).toHaveLength(1);
  expect(all.filter((row) => row.state === 'open' && left(row) <= 0).length).toBeGreaterThan(5);
  const oldest = Math.min(...all.map(({ last_message_at }) => Date.parse(last_message_at)));
  expect(Date.now() - oldest).toBeGreaterThan(29 * 24 * HOUR);
});

test('one answer has failed, and its customer waits again', async () => {
  const threads = await Promise.all(
    (await everyConversation()).map(async (row) => ({ row, said: await saidIn(row) })),
  );
  const failed = threads.filter(({ said }) => said.some(({ status }) => status === 'failed'));
  expect(failed).toHaveLength(1);
  expect(failed[0]?.row.unanswered).toBe(true);
  expect(failed[0]?.said[0]?.error?.code).toBe(131026);
  const outward = threads.flatMap(({ said }) => said.filter(({ direction }) => direction === 'out'));
  expect(outward.filter(({ status }) => status === 'read').length).toBeGreaterThan(100);
});

test('customers have sent a photo, a voice note, a PDF and a sticker, and got a picture', async () => {
  const files = await until('every file to be fetched', async () => {
    const said = (await Promise.all((await everyConversation()).map(saidIn))).flat();
    const all = said.flatMap(({ direction, type, attachments }) =>
      attachments.map((file) => ({ what: `${direction} ${type} ${file.mime_type}`, size: file.size })),
    );
    return all.every(({ size }) => size !== null) && all.map(({ what }) => what);
  });
  expect(files.toSorted()).toEqual([
    'in audio audio/ogg',
    'in document application/pdf',
    'in image image/jpeg',
    'in image image/jpeg',
    'in sticker image/webp',
    'out image image/jpeg',
  ]);
});

let cookie = '';

test('the link signs in once, to conversations of their own, the first with an open window', async () => {
  cookie = await signIn(demo.ready.login_url ?? '');
  const list = await (await look('/inbox', cookie).then(follow)).text();
  const [first = ''] = list.match(/<li class="row__item"[^>]*>/) ?? [];
  expect(first).toContain('data-state="open"');
  expect(Number(first.match(/data-window="(\d+)"/)?.[1])).toBeGreaterThan(Date.now());

  const again = await fetch(demo.ready.login_url ?? '', { redirect: 'manual' });
  expect(again.status).toBe(404);
  expect(again.headers.get('set-cookie')).toBeNull();
});

test('notes of the team are in the thread', async () => {
  const nomvula = (await everyConversation()).find(({ contact }) => contact.phone === '+27820000105');
  expect(await (await look(`/c/${nomvula?.id}`, cookie).then(follow)).text()).toContain(
    'broke down in Kwekwe',
  );
});

const follow = (answer: Response) =>
  answer.status === 303 ? look(answer.headers.get('location') ?? '', cookie) : answer;

test('without the link nothing is shown', async () => {
  const page = await fetch(`${demo.ready.url}/inbox`, { redirect: 'manual' });
  expect(page.status).toBe(303);
  expect(page.headers.get('location')).toStartWith('/login');
});

test('a reply waits for the token that ended, and goes on when there is a new one', async () => {
  const scenes = `${demo.ready.phone_url}/263770000101/scenes`;
  const number = demo.ready.phone_number_id ?? '';
  const chipo = (await everyConversation()).find(
    ({ contact, state }) => contact.phone === '+263770000101' && state === 'open',
  );
  const events = await fetch(`${demo.ready.phone_url}/263770000101/events?number=${number}`);
  const changed = events.body?.getReader();

  await act(scenes, '', { number, scene: 'token' });
  const sent = await fetch(`${demo.ready.url}/api/v1/conversations/${chipo?.id}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${demo.ready.api_key}`,
      'content-type': 'application/json',
      'idempotency-key': 'a-reply',
    },
    body: JSON.stringify({ type: 'text', text: { body: 'It waits for a token' } }),
  });
  expect(sent.status).toBe(202);
  await act(scenes, '', { number, scene: 'token' });
  const phone = async () => (await fetch(`${demo.ready.phone_url}/263770000101?number=${number}`)).text();
  while (!(await phone()).includes('It waits for a token')) {
    await changed?.read();
  }
  await changed?.cancel();
});

test('starting over makes a new shop: old sessions and words are gone, what was printed still works', async () => {
  expect(await (await look('/demo/reset', cookie)).text()).toContain('action="/demo/reset"');
  expect((await fetch(`${demo.ready.url}/demo/reset`, { method: 'POST' })).status).toBe(403);

  const answer = await act(`${demo.ready.url}/demo/reset`, cookie);
  expect((await look('/inbox', cookie)).headers.get('location')).toStartWith('/login');
  const renewed = await signIn(`${demo.ready.url}${answer.headers.get('location')}`);
  expect((await look('/inbox/mine', renewed)).status).toBe(200);

  const all = await everyConversation();
  expect(all).toHaveLength(120);
  const threads = await Promise.all(all.map(saidIn));
  expect(threads.flat().filter(({ text }) => text === 'It waits for a token')).toEqual([]);
});

test('somebody who is not signed in starts nothing over', async () => {
  const answer = await act(`${demo.ready.url}/demo/reset`, '');
  expect(answer.headers.get('location')).toStartWith('/login');
});

test('nothing of it is left when it ends', async () => {
  expect(readdirSync(temporary).filter((name) => name.startsWith('oonobox-demo-'))).toHaveLength(1);
  expect(await demo.end('SIGINT')).toBe(0);
  expect(existsSync(temporary) ? readdirSync(temporary) : []).toEqual([]);
});
