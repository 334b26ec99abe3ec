import { describe, expect, test } from 'bun:test';
import { createServer as createPlainServer, type Server } from 'node:net';
import { createServer } from 'node:tls';
import { loggedLines, openTestLog } from '#src/testing/log.ts';
import { createWhatsApp, type Outgoing } from './client.ts';
import { httpAnswer, startWireServer } from './testing-server.ts';

const number = { phoneNumberId: '106540352242922', token: 'EAAsecret-token' };
const hello: Outgoing = {
  to: { phone: '+16505551234' },
  callback: 'install.1.2.1',
  body: { type: 'text', text: 'Hello' },
};
const ACCEPTED = httpAnswer('{"messages":[{"id":"wamid.1"}]}');

function clientOf(graphUrl: string, more: { timeoutMs?: number; now?: () => number } = {}) {
  return createWhatsApp({ graphUrl, graphVersion: 'v25.0', log: openTestLog(), ...more });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('what is certain', () => {
  test('a refused connection sent nothing', async () => {
    const server = await startWireServer(() => {});
    await server[Symbol.asyncDispose]();
    expect(await clientOf(server.url).send(number, hello)).toEqual({
      kind: 'not-sent',
      why: 'the connection was refused (ECONNREFUSED)',
    });
  });

  test('an unknown host was sent nothing', async () => {
    expect(await clientOf('http://graph.nowhere.invalid').send(number, hello)).toMatchObject({
      kind: 'not-sent',
    });
  });

  test('a certificate that is not trusted was shown nothing', async () => {
    let bytes = 0;
    const server = createServer({ key: STRANGERS_KEY, cert: STRANGERS_CERTIFICATE }, (socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (data) => {
        bytes += data.length;
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const outcome = await clientOf(`https://127.0.0.1:${portOf(server)}`).send(number, hello);
    await new Promise((resolve) => server.close(resolve));
    expect(outcome).toMatchObject({ kind: 'not-sent', why: expect.stringContaining('certificate') });
    expect(bytes).toBe(0);
  });

  test.each(['', 'two words', 'line\nbreak', 'ключ'])(
    'a token that no header holds is not sent: %j',
    async (token) => {
      await using server = await startWireServer((socket) => socket.write(ACCEPTED));
      expect(await clientOf(server.url).send({ ...number, token }, hello)).toMatchObject({
        kind: 'not-sent',
      });
      expect(server.requests).toBeEmpty();
    },
  );

  test.each(['..', '.'])('an id that would change the address is not sent: %j', async (phoneNumberId) => {
    await using server = await startWireServer((socket) => socket.write(ACCEPTED));
    expect(await clientOf(server.url).send({ ...number, phoneNumberId }, hello)).toMatchObject({
      kind: 'not-sent',
    });
    expect(server.requests).toBeEmpty();
  });

  test.each(['400 Bad Request', '500 Internal Server Error', '503 Service Unavailable', '200 OK'])(
    'an error in the Graph API’s words is a refusal with HTTP %s',
    async (status) => {
      const error = { message: '(#131056) pair', code: '131056', error_data: { details: 'Too fast' } };
      await using server = await startWireServer((socket) =>
        socket.write(httpAnswer(JSON.stringify({ error }), status, 'Retry-After: 7\r\n')),
      );
      expect(await clientOf(server.url).send(number, hello)).toEqual({
        kind: 'refused',
        error: {
          code: 131056,
          subcode: null,
          title: '(#131056) pair',
          detail: 'Too fast',
          isTransient: false,
        },
        class: 'R*',
        scope: 'recipient',
        retryAfterMs: 7000,
      });
    },
  );
});

describe('what is not certain', () => {
  test.each([
    ['cut before an answer', (socket) => socket.destroy()],
    ['reset before an answer', (socket) => socket.resetAndDestroy()],
    ['cut within the answer', (socket) => socket.end(ACCEPTED.slice(0, -3))],
    ['something that is not HTTP', (socket) => socket.end('nonsense\r\n\r\n')],
    ['2xx without JSON', (socket) => socket.write(httpAnswer('<html>'))],
    ['2xx without a wamid', (socket) => socket.write(httpAnswer('{"messages":[null,{}]}'))],
    ['5xx without JSON', (socket) => socket.write(httpAnswer('<html>', '502 Bad Gateway'))],
    [
      '4xx without an error of Meta’s',
      (socket) => socket.write(httpAnswer('{"error":"no"}', '403 Forbidden')),
    ],
    [
      'a body that cannot be unpacked',
      (socket) => socket.write(httpAnswer('x', '200 OK', 'Content-Encoding: gzip\r\n')),
    ],
    [
      'an endless body',
      (socket) => socket.write(httpAnswer(`{"messages":[{"id":"wamid.1"}]}${' '.repeat(300_000)}`)),
    ],
    [
      'a redirect',
      (socket) => socket.write(httpAnswer('', '307 Temporary Redirect', 'Location: /elsewhere\r\n')),
    ],
  ] as [string, Parameters<typeof startWireServer>[0]][])(
    '%s leaves the outcome unknown',
    async (_, answer) => {
      await using server = await startWireServer(answer);
      expect(await clientOf(server.url).send(number, hello)).toMatchObject({ kind: 'unknown' });
      expect(server.requests).toHaveLength(1);
    },
  );

  test('a time-out leaves the outcome unknown', async () => {
    await using server = await startWireServer(() => {});
    expect(await clientOf(server.url, { timeoutMs: 100 }).send(number, hello)).toEqual({
      kind: 'unknown',
      why: 'no answer in time',
    });
    expect(server.requests).toHaveLength(1);
  });

  test('an answer that stops half-way is given up in time', async () => {
    await using server = await startWireServer((socket) => socket.write(ACCEPTED.slice(0, -3)));
    expect(await clientOf(server.url, { timeoutMs: 100 }).send(number, hello)).toMatchObject({
      kind: 'unknown',
    });
  });

  test('a server that speaks no TLS leaves the outcome unknown', async () => {
    const server = createPlainServer((socket) =>
      socket.on('error', () => {}).on('data', () => socket.end('HTTP/1.1 400')),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const outcome = await clientOf(`https://127.0.0.1:${portOf(server)}`).send(number, hello);
    await new Promise((resolve) => server.close(resolve));
    expect(outcome).toMatchObject({ kind: 'unknown', why: expect.stringContaining('EPROTO') });
  });
});

describe('connections', () => {
  test('are reused within 5 seconds, and not after', async () => {
    let now = 0;
    await using server = await startWireServer((socket) => socket.write(ACCEPTED));
    const client = clientOf(server.url, { now: () => now });
    for (const [at, connections] of [
      [0, 1],
      [100, 1],
      [4_999, 1],
      [5_000, 2],
      [9_999, 2],
      [60_000, 3],
    ] as const) {
      now = at;
      expect(await client.send(number, hello)).toMatchObject({ kind: 'accepted' });
      expect([at, server.connections()]).toEqual([at, connections]);
    }
  });

  test('that are in use outlive the change to fresh ones', async () => {
    let now = 0;
    const first = Promise.withResolvers<() => void>();
    await using server = await startWireServer((socket, nth) => {
      if (nth === 1) {
        first.resolve(() => socket.write(ACCEPTED));
      } else {
        socket.write(ACCEPTED);
      }
    });
    const client = clientOf(server.url, { now: () => now });
    const slow = client.send(number, hello);
    const answerFirst = await first.promise;
    now = 5_000;
    expect(await client.send(number, hello)).toMatchObject({ kind: 'accepted' });
    answerFirst();
    expect(await slow).toMatchObject({ kind: 'accepted' });
  });

  test('that break when reused are not tried again by the runtime', async () => {
    await using server = await startWireServer((socket, nth) => {
      if (nth === 1) {
        socket.write(ACCEPTED);
      } else {
        socket.resetAndDestroy();
      }
    });
    const client = clientOf(server.url);
    expect(await client.send(number, hello)).toMatchObject({ kind: 'accepted' });
    expect(await client.send(number, hello)).toMatchObject({ kind: 'unknown' });
    expect([server.requests.length, server.connections()]).toEqual([2, 1]);
  });
});

describe('the access token', () => {
  test('goes into the header and nowhere else', async () => {
    await using server = await startWireServer((socket) => socket.write(ACCEPTED));
    await clientOf(server.url).send(number, hello);
    const [request] = server.requests;
    expect(request?.head).toStartWith('POST /v25.0/106540352242922/messages HTTP/1.1');
    expect(request?.head).toMatch(/^authorization: Bearer EAAsecret-token\r?$/im);
    expect(request?.body).not.toContain('secret');
  });

  test('is not passed on when Meta quotes it, nor logged when a request fails', async () => {
    const error = { code: 190, message: `Malformed access token ${number.token}` };
    await using server = await startWireServer((socket, nth) =>
      nth === 1 ? socket.write(httpAnswer(JSON.stringify({ error }), '401 Unauthorized')) : socket.destroy(),
    );
    const client = clientOf(server.url);
    const outcomes = [await client.send(number, hello), await client.send(number, hello)];
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'unknown']);
    expect(JSON.stringify(outcomes)).not.toContain('secret');
    expect(loggedLines().join('')).toContain('did not answer');
    expect(loggedLines().join('')).not.toContain('secret');
  });
});

// A certificate for stranger.example, signed by itself and good for nothing but this test.
const STRANGERS_KEY = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIPQ4IcSDaon/eJ9jA2egIvVm/GG+feMJX76a0VBsnpAgoAoGCCqGSM49
AwEHoUQDQgAE+07Hi4RiTqfzRuty1OTEYN12Rcmiu7RAwUxKbcUBfUp3VzyDRuPu
mQMa/8wnp61FrlXtDjc2Qvqzqp/fsIzScA==
-----END EC PRIVATE KEY-----`;
const STRANGERS_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBqjCCAVCgAwIBAgIUcDfti24KFoicq4qPHgEHh+A7/nUwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQc3RyYW5nZXIuZXhhbXBsZTAgFw0yNjExMjMwMjMzNTdaGA8y
MTI2MTAzMDAyMzM1N1owGzEZMBcGA1UEAwwQc3RyYW5nZXIuZXhhbXBsZTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABPtOx4uEYk6n80brctTkxGDddkXJoru0QMFM
Sm3FAX1Kd1c8g0bj7pkDGv/MJ6etRa5V7Q43NkL6s6qf37CM0nCjcDBuMB0GA1Ud
DgQWBBT4Ty+tvjNixEibT0RoYSp2F5Y5WzAfBgNVHSMEGDAWgBT4Ty+tvjNixEib
T0RoYSp2F5Y5WzAPBgNVHRMBAf8EBTADAQH/MBsGA1UdEQQUMBKCEHN0cmFuZ2Vy
LmV4YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIhAIRBLG9sF5GNuv25WbO/EINLs7qq
PQXgjFO4I3HFP8H8AiALfsY7HPqhsqkKEqMKCKDqp3tLkTVBpjI8ycX7wly3Cg==
-----END CERTIFICATE-----`;
