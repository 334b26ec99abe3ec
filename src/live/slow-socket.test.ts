import { afterAll, beforeAll, expect, test } from 'bun:test';
import { connect, type Socket } from 'node:net';
import { NOON, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { live } from './routes.ts';
import { openTab } from './testing-tab.ts';

const REFUND = 7;
const LONG = 'x'.repeat(65_536);

let shop: ServedShop;

beforeAll(async () => {
  shop = await serveShop((services) => [live(services)]);
  const messages = Array.from({ length: 10 }, (_, n) =>
    seedMessage(shop.inbox, { id: 701 + n, conversationId: REFUND, orderedAt: NOON + n, text: LONG }),
  );
  await shop.inbox.write('normal', [...seedConversation(shop.inbox, REFUND), ...messages]);
});
afterAll(() => shop.close());

/** A browser's side of the wire, byte by byte. */
async function openSocket(seen: string, ...more: string[]): Promise<Socket> {
  const socket = connect(Number(new URL(shop.url).port), '127.0.0.1');
  const lines = [
    `GET /live?conversation=${REFUND}&seen=${seen} HTTP/1.1`,
    `Host: ${new URL(shop.url).host}`,
    `Origin: ${shop.url}`,
    `Cookie: ${await shop.cookieOf(shop.adaId)}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...more,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return socket;
}

/** One on a line that is stuck: it opens the socket and then takes nothing off the wire. */
async function openStuckSocket(): Promise<Socket> {
  const socket = await openSocket(shop.services.live.position(shop.accountId));
  await new Promise<void>((resolve) => {
    let received = '';
    socket.on('data', function untilJoined(chunk: Buffer) {
      received += chunk.toString('latin1');
      if (received.includes('{"n":')) {
        socket.off('data', untilJoined);
        socket.pause();
        resolve();
      }
    });
  });
  return socket;
}

test('a socket that falls a megabyte behind is closed with 1013, and nobody else waits for it', async () => {
  const stuck = await openStuckSocket();
  const quick = openTab(shop, await shop.cookieOf(shop.boId), { conversation: REFUND });
  await quick.joined;
  const all = Array.from({ length: 10 }, (_, n) => 701 + n);
  for (let round = 0; round < 40; round += 1) {
    await shop.services.live.publish(shop.inbox, [{ conversationId: REFUND, messages: all }]);
    await quick.nextWith(/id="message-710"/);
  }
  let received = 0;
  let tail = Buffer.alloc(0);
  stuck.on('data', (chunk: Buffer) => {
    received += chunk.length;
    tail = Buffer.concat([tail, chunk]).subarray(-64);
  });
  const ended = new Promise((resolve) => stuck.once('close', resolve));
  stuck.resume();
  await ended;
  expect(tail.toString('latin1')).toContain(
    `${Buffer.from([1013 >> 8, 1013 & 255]).toString('latin1')}too far behind`,
  );
  expect(received).toBeLessThan(40 * 10 * LONG.length);
});

test('what was missed is sent compressed, as what is pushed: it comes over slow lines', async () => {
  const seen = shop.services.live.position(shop.accountId);
  await shop.services.live.publish(shop.inbox, [{ conversationId: REFUND, messages: [701] }]);
  const socket = await openSocket(seen, 'Sec-WebSocket-Extensions: permessage-deflate');
  const frame = await new Promise<Buffer>((resolve) => {
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const head = received.indexOf('\r\n\r\n') + 4;
      if (head >= 4 && received.length > head + 2) {
        resolve(received.subarray(head));
      }
    });
  });
  socket.destroy();
  // A whole text whose first reserved bit says that it is compressed (RFC 7692), and a length of two bytes at most.
  expect([frame[0], (frame[1] ?? 127) <= 126]).toEqual([0xc1, true]);
});
