import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Client } from '#src/testing/client.ts';
import { apiClient } from '#src/testing/faults/api-client.ts';
import { type Install, openInstall } from '#src/testing/faults/install.ts';
import { signIn } from '#src/testing/faults/sign-in.ts';
import { customers, people } from '#src/testing/people.ts';
import { runProgram, type ServerProcess, startProcess } from '#src/testing/server-process.ts';
import { until } from '#src/testing/until.ts';
import { openLiveSocket } from './live-socket.ts';

// Run by scripts/build on the executable that OONOBOX_PROGRAM names. Elysia compiles handlers from their source text,
// which the build has shortened, so every kind of route is tried here once more.

let install: Install;
let server: ServerProcess;
let visitor: Client;
let conversationId: number;
const temporary = mkdtempSync(join(tmpdir(), 'oonobox-smoke-'));
const env = { TMPDIR: temporary };

beforeAll(async () => {
  if (!process.env.OONOBOX_PROGRAM) {
    throw new Error('OONOBOX_PROGRAM names no executable');
  }
  install = await openInstall();
  server = await install.start(undefined, env);
});

afterAll(async () => {
  await server.end();
  await install.close();
  rmSync(temporary, { recursive: true, force: true });
});

test('it signs in whoever has the password, and nobody else', async () => {
  await expect(signIn(install.url, { ...people.ada, password: 'not this one at all' })).rejects.toThrow();
  visitor = await signIn(install.url, people.ada);
  expect((await visitor.get('/inbox/unassigned')).status).toBe(200);
  expect(
    (await fetch(`${install.url}/inbox/mine`, { redirect: 'manual' })).headers.get('location'),
  ).toContain('/login');
});

test('it serves its own pages and every file they name', async () => {
  expect((await fetch(`${install.url}/up`)).status).toBe(200);
  expect((await fetch(`${install.url}/readyz`)).status).toBe(200);
  const pages = await Promise.all(['/login', '/inbox/mine'].map((path) => visitor.get(path)));
  const html = (await Promise.all(pages.map((page) => page.text()))).join('');
  const files = new Set(
    [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => String(path)),
  );
  expect(files.size).toBeGreaterThanOrEqual(4);
  for (const path of files) {
    const response = await fetch(`${install.url}${path}`);
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeGreaterThan(100);
  }
  expect((await fetch(`${install.url}/nothing-here`)).status).toBe(404);
  expect((await fetch(`${install.url}/setup/wrong`)).status).toBe(404);
});

test('a webhook is taken in, shown, pushed and answered, and its statuses come back', async () => {
  const { simulator, number, url } = install;
  const noor = simulator.customer(customers.noor.phone, customers.noor);
  await noor.say(number.phoneNumberId, 'Do you have cement?');
  const [conversation] = await until('the conversation', async () => {
    const found = await apiClient(install).conversations();
    return found.length > 0 && found;
  });
  conversationId = Number(conversation?.id);

  expect(await (await visitor.get('/inbox/unassigned')).text()).toContain('Do you have cement?');
  const socket = await openLiveSocket(url, String(visitor.cookie), conversationId);
  await noor.say(number.phoneNumberId, 'And sand?');
  await socket.untilPushed('And sand?');

  const posted = await visitor.post(`/conversations/${conversationId}/messages`, {
    text: 'Twenty bags of each.',
    key: 'smoke-1',
    quoted: '',
    back: 'all',
  });
  expect(posted.status).toBe(303);
  const sent = await simulator.waitFor(({ type }) => type === 'text');
  expect(sent.body).toMatchObject({ text: { body: 'Twenty bags of each.' } });
  await socket.untilPushed('Twenty bags of each.');
  await until('the status', async () =>
    (await apiClient(install).messages(conversationId)).some(({ status }) => status === 'delivered'),
  );
  socket.close();
  expect(await (await visitor.get(`/inbox/all/${conversationId}`)).text()).toContain('Twenty bags of each.');
  expect((await visitor.get(`/inbox/all/${conversationId}/contact`)).status).toBe(200);
  expect((await visitor.get(`/c/${conversationId}`)).status).toBe(303);
});

test('every form of a conversation does what it says', async () => {
  const of = `/conversations/${conversationId}`;
  const messages = await apiClient(install).messages(conversationId);
  const inbound = messages.find(({ direction }) => direction === 'in')?.id;
  const forms: [string, Record<string, string>][] = [
    [`${of}/assignment`, { assignee: '', back: 'all' }],
    [`${of}/reading`, { message: String(inbound) }],
    [`/messages/${inbound}/reaction`, { emoji: '👍' }],
    [`${of}/waiver`, { back: 'all' }],
    [`${of}/closure`, { back: 'all' }],
    [`${of}/reopening`, { back: 'all' }],
  ];
  for (const [path, fields] of forms) {
    expect([path, (await visitor.post(path, fields)).status]).toEqual([path, 303]);
  }
  expect((await visitor.post(`${of}/assignment`, { assignee: 'nobody', back: 'all' })).status).toBe(422);
  expect((await visitor.get('/settings/journal')).status).toBe(200);
});

test('the API answers, refuses and explains', async () => {
  const { url, apiKey } = install;
  const path = `/api/v1/conversations/${conversationId}/messages`;
  expect(await apiClient(install).send(conversationId, 'By the API', 'smoke-2')).toBe(202);
  expect((await fetch(`${url}${path}`)).status).toBe(401);
  const ask = (body: string) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': 'smoke-3',
      },
      body,
    });
  expect((await ask('{')).status).toBe(400);
  const refused = await ask('{"type":"text"}');
  expect(refused.status).toBe(422);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  expect((await fetch(`${url}/webhooks/whatsapp`, { method: 'POST', body: '{}' })).status).toBe(401);
});

test('a form from another site is refused, and signing out ends the session', async () => {
  const crossing = await fetch(`${install.url}/logout`, {
    method: 'POST',
    headers: { origin: 'https://elsewhere.example', cookie: String(visitor.cookie) },
  });
  expect(crossing.status).toBe(403);
  expect((await visitor.post('/logout', {})).status).toBe(303);
  expect((await visitor.get('/inbox/mine')).status).toBe(303);
});

test('told to stop it ends with 0; then its thread counts and its image process makes a thumbnail', async () => {
  expect(await server.end()).toBe(0);
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const photo = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#fff', noise } })
    .jpeg()
    .toBuffer();
  const { code, stdout } = await runProgram(['_self-check'], {
    env: { ...install.env, ...env },
    stdin: new Uint8Array(photo),
  });
  expect(code).toBe(0);
  const { libraries, accounts, thumbnail } = JSON.parse(stdout);
  expect(accounts).toEqual([{ account_id: install.accountId, conversations: 1, messages: 4 }]);
  const webp = Buffer.from(thumbnail.webp, 'base64');
  expect(await sharp(webp).metadata()).toMatchObject({ format: 'webp', width: 240, height: 180 });
  expect(webp.length).toBeLessThanOrEqual(12 * 1024);

  expect(libraries).toBe(join(install.folder, 'run/lib'));
  expect(statSync(libraries).mode & 0o777).toBe(0o700);
  expect(readdirSync(libraries).map((name) => statSync(join(libraries, name)).mode & 0o777)).toEqual([
    0o600, 0o600, 0o600,
  ]);
});

test('a library that somebody changed is put right', async () => {
  const folder = join(install.folder, 'run/lib');
  for (const name of readdirSync(folder)) {
    writeFileSync(join(folder, name), 'not a library');
  }
  server = await install.start(undefined, env);
  expect((await fetch(`${install.url}/up`)).status).toBe(200);
  expect(await server.end()).toBe(0);
});

test('it left nothing in the temporary folder', () => {
  expect(readdirSync(temporary)).toEqual([]);
});

test('where the data folder cannot hold the libraries, the temporary folder does, and the log says so', async () => {
  const folder = join(install.folder, 'run/lib');
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  server = await install.start(undefined, env);
  expect((await fetch(`${install.url}/readyz`)).status).toBe(200);
  expect(server.stderr()).toContain('the native libraries lie in the temporary folder');
  expect(await server.end()).toBe(0);
});

test('where nothing can hold them, it refuses to start and says why', async () => {
  const { code, stderr } = await runProgram(['serve'], { env: { ...install.env, TMPDIR: '/proc' } });
  expect(code).toBe(1);
  expect(stderr).toContain('found no folder to run its own libraries from');
});

test('the demonstration runs, with its phone', async () => {
  const demo = await startProcess({ ...env, OONOBOX_LOG_LEVEL: 'warn' }, ['demo', '--json']);
  const { login_url: login, phone_url: phone } = demo.ready;
  const entered = await fetch(String(login), { redirect: 'manual' });
  expect(entered.headers.get('location')).toBe('/inbox');
  const page = await (await fetch(String(phone))).text();
  for (const [, path] of page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
    expect((await fetch(new URL(String(path), phone))).status).toBe(200);
  }
  expect(await demo.end()).toBe(0);
});
