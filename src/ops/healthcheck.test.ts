import { afterEach, beforeEach, expect, test } from 'bun:test';
import { healthcheck } from './healthcheck.ts';

let up = true;
let server: ReturnType<typeof Bun.serve>;

beforeEach(() => {
  up = true;
  server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: ({ url }) => new Response(null, { status: up && new URL(url).pathname === '/up' ? 200 : 503 }),
  });
  process.env.OONOBOX_PORT = String(server.port);
});

afterEach(async () => {
  delete process.env.OONOBOX_PORT;
  await server.stop(true);
});

test('a server that answers is well', async () => {
  expect(await healthcheck()).toBe(0);
});

test('one that answers an error, or nothing, is not', async () => {
  up = false;
  expect(await healthcheck()).toBe(1);
  await server.stop(true);
  expect(await healthcheck()).toBe(1);
});
