import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createClient } from '../client.ts';
import { type ApiClient, apiClient } from '../faults/api-client.ts';
import { type Install, openInstall } from '../faults/install.ts';
import { customers, people } from '../people.ts';
import { until } from '../until.ts';

let install: Install;
let api: ApiClient;

beforeAll(async () => {
  install = await openInstall();
  api = apiClient(install);
});

afterAll(() => install.close());

test('told to stop, it tells open pages to come back, and ends with 0', async () => {
  const server = await install.start();
  const signedIn = await createClient(install.url).post('/login', people.ada);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, origin: install.url };
  // The types of the DOM are in force, where a page cannot choose its headers.
  const socket: WebSocket = Reflect.construct(WebSocket, [
    `${install.url.replace('http', 'ws')}/live`,
    { headers },
  ]);
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code);
  });
  await new Promise((resolve) => {
    socket.onopen = resolve;
  });

  expect(await server.end('SIGTERM')).toBe(0);
  expect(await closed).toBe(1012);
});

test('while a send is under way it is not ready, and a second signal ends it at once', async () => {
  const { simulator, number, url } = install;
  const server = await install.start();
  await simulator.customer(customers.noor.phone).say(number.phoneNumberId, 'Do you have cement?');
  const { id } = await until('the conversation', async () => (await api.conversations())[0]);
  simulator.trouble.hang();
  await api.send(id, 'Yes, twenty bags.', 'one');
  await simulator.waitFor(({ type }) => type === 'text');

  process.kill(server.pid, 'SIGTERM');
  await until('it is draining', async () => (await fetch(`${url}/readyz`)).status === 503);
  expect((await fetch(`${url}/up`)).status).toBe(200);
  expect(await server.end('SIGTERM')).toBe(1);

  const again = await install.start();
  const texts = (await api.messages(id)).map(({ text }) => text);
  expect(texts.toSorted()).toEqual(['Do you have cement?', 'Yes, twenty bags.']);
  expect(simulator.sent).toHaveLength(1);
  expect(await again.end()).toBe(0);
});
