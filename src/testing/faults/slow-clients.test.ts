import { afterAll, beforeAll, expect, test } from 'bun:test';
import { until } from '../until.ts';
import { type CrowdOptions, openCrowd, request } from './crowd.ts';
import { openSlowWorld, type SlowWorld } from './slow-world.ts';

const MOST_GROWTH_MB = 150;
const MEGABYTE = 1024 * 1024;

let world: SlowWorld;
beforeAll(async () => {
  world = await openSlowWorld();
}, 60_000);
afterAll(() => world?.close());

/** A form as a browser posts it, with a body that is never finished. */
const form = (length: number, body: string) =>
  request(
    world.install.url,
    'POST /login',
    {
      Origin: world.install.url,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(length),
    },
    body,
  );

const crowds: [name: string, crowd: () => CrowdOptions][] = [
  ['2,000 connections without a word', () => ({ size: 2_000 })],
  [
    '2,000 half heads',
    () => ({ size: 2_000, says: `GET / HTTP/1.1\r\nHost: ${new URL(world.install.url).host}\r\nX-A: b` }),
  ],
  ['2,000 connections kept alive', () => ({ size: 2_000, says: request(world.install.url, 'GET /up') })],
  ['2,000 small forms that never end', () => ({ size: 2_000, says: form(1_000, 'email=') })],
  [
    '300 large forms that never end',
    () => ({ size: 300, says: form(MEGABYTE, `email=${'a'.repeat(MEGABYTE - 100)}`) }),
  ],
  [
    '50 forms of unknown length',
    () => ({ size: 50, says: chunked('POST /login', 'application/x-www-form-urlencoded', 14) }),
  ],
  [
    '50 API bodies of unknown length',
    () => ({ size: 50, says: chunked('POST /api/v1/conversations/1/messages', 'application/json', 14) }),
  ],
  ['200 webhooks of 4 MB that never end', () => ({ size: 200, says: webhook(4_000_000) })],
];

test.each(crowds)('%s hold nobody up', async (_, crowd) => {
  const slow = await openCrowd(world.install.url, crowd());
  for (let round = 0; round < 5; round++) {
    await world.serveOthers();
  }
  const growth = world.growth();
  await slow.leave();
  expect(growth).toBeLessThan(MOST_GROWTH_MB);
  await world.released();
});

function chunked(line: string, type: string, megabytes: number): Buffer {
  const { url } = world.install;
  const head = request(url, line, {
    Origin: url,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': type,
    'Transfer-Encoding': 'chunked',
  });
  const chunk = `${MEGABYTE.toString(16)}\r\n${'a'.repeat(MEGABYTE)}\r\n`;
  return Buffer.from(head + chunk.repeat(megabytes));
}

/** Signed by nobody, which shows only at the end. */
function webhook(length: number): string {
  const { url } = world.install;
  return request(
    url,
    'POST /webhooks/whatsapp',
    {
      'Content-Type': 'application/json',
      'X-Hub-Signature-256': `sha256=${'a'.repeat(64)}`,
      'Content-Length': String(length),
    },
    `{${'a'.repeat(length - 100)}`,
  );
}
