import { afterAll, beforeAll, expect, test } from 'bun:test';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, startProcess } from '#src/testing/server-process.ts';

const FOUR_HOURS = 4 * 60 * 60 * 1000;

let temporary: string;
let demo: ServerProcess;

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
  demo = await startProcess({ TMPDIR: temporary }, ['demo', '--json']);
});

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

type Listed = {
  state: string;
  assignee_id: number | null;
  unanswered: boolean;
  window_expires_at: string | null;
};

const ask = (path: string) =>
  fetch(`${demo.ready.url}${path}`, { headers: { authorization: `Bearer ${demo.ready.api_key}` } });

test('it says where everything is, in one line', () => {
  const { url, login_url, phone_url, ...rest } = demo.ready;
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(login_url).toStartWith(`${url}/demo/login/`);
  expect(phone_url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/phone$/);
  expect(phone_url).not.toStartWith(`${url}/`);
  expect(Object.keys(rest).sort()).toEqual(['api_key', 'app_secret', 'phone_number_id', 'waba_id']);
});

test('the shop has conversations of every kind', async () => {
  const { data } = (await (await ask('/api/v1/conversations?limit=100')).json()) as { data: Listed[] };
  const left = ({ window_expires_at }: Listed) => Date.parse(window_expires_at ?? '') - Date.now();
  expect(data).toHaveLength(14);
  expect(data.filter(({ state }) => state === 'closed').length).toBeGreaterThan(0);
  expect(data.filter(({ assignee_id }) => assignee_id === null).length).toBeGreaterThan(0);
  expect(new Set(data.map(({ assignee_id }) => assignee_id)).size).toBe(3);
  expect(
    data.filter((row) => row.unanswered && left(row) > 0 && left(row) < FOUR_HOURS).length,
  ).toBeGreaterThan(0);
  expect(data.filter((row) => left(row) <= 0).length).toBeGreaterThan(0);
});

test('the link signs in once, to conversations of their own, the first with an open window', async () => {
  const followed = await fetch(demo.ready.login_url ?? '', { redirect: 'manual' });
  expect(followed.status).toBe(303);
  expect(followed.headers.get('location')).toBe('/inbox');
  const cookie = followed.headers.get('set-cookie')?.split(';')[0] ?? '';

  const list = await (await fetch(`${demo.ready.url}/inbox`, { headers: { cookie } })).text();
  const [first = ''] = list.match(/<li class="row__item"[^>]*>/) ?? [];
  expect(first).toContain('data-state="open"');
  expect(Number(first.match(/data-window="(\d+)"/)?.[1])).toBeGreaterThan(Date.now());

  const again = await fetch(demo.ready.login_url ?? '', { redirect: 'manual' });
  expect(again.status).toBe(404);
  expect(again.headers.get('set-cookie')).toBeNull();
});

test('without the link nothing is shown', async () => {
  const page = await fetch(`${demo.ready.url}/inbox`, { redirect: 'manual' });
  expect(page.status).toBe(303);
  expect(page.headers.get('location')).toStartWith('/login');
});

test('nothing of it is left when it ends', async () => {
  expect(readdirSync(temporary).filter((name) => name.startsWith('oonobox-demo-'))).toHaveLength(1);
  expect(await demo.end('SIGINT')).toBe(0);
  expect(existsSync(temporary) ? readdirSync(temporary) : []).toEqual([]);
});
