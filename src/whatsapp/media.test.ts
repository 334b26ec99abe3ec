import { describe, expect, test } from 'bun:test';
import { startSimulator } from '#src/simulator/simulator.ts';
import { openTestLog } from '#src/testing/log.ts';
import { createWhatsApp, TransferFailed } from './client.ts';
import { httpAnswer, startWireServer, type WireServer } from './testing-server.ts';

const number = { phoneNumberId: '106540352242922', token: 'EAAsecret-token' };
const HASTY = { silenceMs: 300, bytesPerSecond: 1_000_000 };

function clientOf(graphUrl: string, patience = { silenceMs: 10_000, bytesPerSecond: 1 }) {
  return createWhatsApp({ graphUrl, graphVersion: 'v25.0', patience, log: openTestLog() });
}

async function* inPieces(...pieces: string[]) {
  for (const piece of pieces) {
    yield Buffer.from(piece);
  }
}

async function readAll(server: WireServer, patience?: typeof HASTY): Promise<string> {
  const answer = await clientOf(server.url, patience).download(number, `${server.url}/media/1`);
  if (!answer.ok) {
    throw new Error(answer.why);
  }
  return Buffer.concat(await Array.fromAsync(answer.body)).toString();
}

describe('asking where a file is', () => {
  test('Meta’s answer is read, its size as text or number', async () => {
    const body = {
      url: 'https://lookaside.fbsbx.com/x',
      mime_type: 'image/jpeg',
      sha256: 'ab',
      file_size: '303833',
    };
    await using server = await startWireServer((socket) =>
      socket.write(httpAnswer(JSON.stringify({ messaging_product: 'whatsapp', id: '17', ...body }))),
    );
    expect(await clientOf(server.url).readMedia(number, '17')).toEqual({
      ok: true,
      url: 'https://lookaside.fbsbx.com/x',
      mime: 'image/jpeg',
      sha256: 'ab',
      bytes: 303833,
    });
    expect(server.requests[0]?.head).toStartWith('GET /v25.0/17 HTTP/1.1');
    expect(server.requests[0]?.head).toContain('Bearer EAAsecret-token');
  });

  test('an answer that does not come is given up in time, also by whoever may be stopped', async () => {
    await using server = await startWireServer(() => {});
    const hasty = createWhatsApp({
      graphUrl: server.url,
      graphVersion: 'v25.0',
      timeoutMs: 100,
      log: openTestLog(),
    });
    const never = new AbortController().signal;
    expect(await hasty.readMedia(number, '17', never)).toMatchObject({
      ok: false,
      problem: { kind: 'unknown', why: 'no answer in time' },
    });
    const stopped = await clientOf(server.url).readMedia(number, '17', AbortSignal.abort());
    expect(stopped).toMatchObject({ ok: false, problem: { kind: 'unknown' } });
  });

  test('an id that Meta does not know, or not for this token, is missing; what else it refuses is not', async () => {
    const codes = [
      { code: 100, error_subcode: 33, message: 'Object with ID does not exist' },
      { code: 190, message: 'Session has expired' },
      { code: 100, message: 'Invalid parameter' },
    ];
    await using server = await startWireServer((socket, nth) =>
      socket.write(httpAnswer(JSON.stringify({ error: codes[nth - 1] }), '400 Bad Request')),
    );
    const { readMedia } = clientOf(server.url);
    expect(await readMedia(number, '17')).toMatchObject({ ok: false, isMissing: true });
    expect(await readMedia(number, '17')).toMatchObject({
      ok: false,
      isMissing: false,
      problem: { kind: 'refused', class: 'A' },
    });
    expect(await readMedia(number, '17')).toMatchObject({
      ok: false,
      isMissing: false,
      problem: { kind: 'refused', class: 'F' },
    });
  });
});

describe('downloading', () => {
  test('a file comes as it is, and is asked for unpacked, with the token', async () => {
    await using server = await startWireServer((socket) =>
      socket.write(httpAnswer('the file', '200 OK', 'Content-Encoding: gzip\r\n')),
    );
    expect(await readAll(server)).toBe('the file');
    expect(server.requests[0]?.head).toContain('Bearer EAAsecret-token');
    expect(server.requests[0]?.head).toMatch(/accept-encoding: identity\r\n/i);
  });

  test.each(['https://evil.example/x', 'http://lookaside.fbsbx.com/x', 'http://127.0.0.1:1/x', 'nonsense'])(
    'nothing is asked at an address that is not Meta’s: %s',
    async (url) => {
      await using server = await startWireServer((socket) => socket.write(httpAnswer('x')));
      expect(await clientOf(server.url).download(number, url)).toMatchObject({ kind: 'refused-address' });
    },
  );

  test.each([
    ['401 Unauthorized', 'expired'],
    ['403 Forbidden', 'expired'],
    ['404 Not Found', 'expired'],
    ['410 Gone', 'expired'],
    ['429 Too Many Requests', 'failed'],
    ['500 Internal Server Error', 'failed'],
    ['206 Partial Content', 'failed'],
  ] as const)('HTTP %s means %s', async (status, kind) => {
    await using server = await startWireServer((socket) =>
      socket.write(httpAnswer('<html>', status, 'Retry-After: 7\r\n')),
    );
    expect(await clientOf(server.url).download(number, `${server.url}/media/1`)).toMatchObject({
      ok: false,
      kind,
      retryAfterMs: kind === 'failed' ? 7000 : null,
    });
  });

  test('a redirect is not followed, and the token stays here', async () => {
    await using elsewhere = await startWireServer((socket) => socket.write(httpAnswer('x')));
    await using server = await startWireServer((socket) =>
      socket.write(httpAnswer('', '302 Found', `Location: ${elsewhere.url}/x\r\n`)),
    );
    expect(await clientOf(server.url).download(number, `${server.url}/media/1`)).toMatchObject({
      ok: false,
      kind: 'failed',
      why: 'the answer was HTTP 302',
    });
    expect(elsewhere.connections()).toBe(0);
  });

  test('a file that is cut short is no file', async () => {
    await using server = await startWireServer((socket) => socket.end(httpAnswer('the file').slice(0, -3)));
    await expect(readAll(server)).rejects.toBeInstanceOf(TransferFailed);
  });

  test('whoever sends nothing any more, or a byte now and then, is waited for only so long', async () => {
    const ticking = new Set<NodeJS.Timeout>();
    await using server = await startWireServer((socket, nth) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
      if (nth === 1) {
        ticking.add(setInterval(() => socket.write('.'), 20));
      }
    });
    await expect(readAll(server, HASTY)).rejects.toThrow('no answer in time');
    await expect(readAll(server, HASTY)).rejects.toThrow('no answer in time');
    ticking.forEach(clearInterval);
  });

  test('whoever gives up halfway ends the transfer', async () => {
    const closed = Promise.withResolvers<void>();
    await using server = await startWireServer((socket) => {
      socket.on('close', () => closed.resolve());
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(5000)}`);
    });
    const answer = await clientOf(server.url).download(number, `${server.url}/media/1`);
    if (answer.ok) {
      for await (const _ of answer.body) {
        break;
      }
    }
    await closed.promise;
  });
});

describe('uploading', () => {
  const voice = (body: AsyncIterable<Uint8Array> = inPieces('Ogg', 'S...')) => ({
    name: 'voice.ogg',
    mime: 'audio/ogg; codecs=opus',
    bytes: 7,
    body,
  });

  test('a file goes out in one piece of a known length, and Meta’s id comes back', async () => {
    await using server = await startWireServer((socket) => socket.write(httpAnswer('{"id":"17"}')));
    expect(await clientOf(server.url).upload(number, voice())).toEqual({ ok: true, mediaId: '17' });
    const [{ head, body } = { head: '', body: '' }] = server.requests;
    expect(head).toStartWith('POST /v25.0/106540352242922/media HTTP/1.1');
    expect(head).toContain('Bearer EAAsecret-token');
    expect(head).not.toMatch(/transfer-encoding/i);
    expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBe(body.length);
    const type = /content-type: (.*)\r\n/i.exec(head)?.[1] ?? '';
    const form = await new Response(body, { headers: { 'content-type': type } }).formData();
    expect(Object.fromEntries(form)).toMatchObject({
      messaging_product: 'whatsapp',
      type: 'audio/ogg; codecs=opus',
      file: expect.objectContaining({ name: 'voice.ogg', size: 7 }),
    });
  });

  test('what is uploaded is what Meta gives out again', async () => {
    const simulator = startSimulator({ port: 0 });
    simulator.addNumber({
      phoneNumberId: number.phoneNumberId,
      wabaId: '102290129340398',
      displayPhoneNumber: '+263 8 600 1234',
      verifiedName: 'Shop',
      accessToken: number.token,
      appSecret: 'a secret of the app',
      webhookUrl: null,
      verifyToken: 'verify',
    });
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const pieces = [bytes.subarray(0, 7), bytes.subarray(7, 50_000), bytes.subarray(50_000)];
    async function* body() {
      yield* pieces;
    }
    const { upload, readMedia, download: fetchFile } = clientOf(simulator.url);
    const file = { name: 'prices “2027”.pdf', mime: 'application/pdf', bytes: bytes.length, body: body() };
    const uploaded = await upload(number, file);
    const [kept] = simulator.uploads;
    expect(kept).toMatchObject({ name: file.name, mime: file.mime, phoneNumberId: number.phoneNumberId });
    expect(uploaded).toEqual({ ok: true, mediaId: kept?.id ?? '' });
    const place = await readMedia(number, kept?.id ?? '');
    const answer = place.ok ? await fetchFile(number, place.url) : null;
    expect(answer?.ok && Buffer.concat(await Array.fromAsync(answer.body))).toEqual(Buffer.from(bytes));
    await simulator.stop();
  });

  test('a refusal before the file has gone out is a refusal', async () => {
    const refusing = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      fetch: () => Response.json({ error: { code: 190, message: 'expired' } }, { status: 401 }),
    });
    async function* large() {
      for (let i = 0; i < 64; i += 1) {
        yield new Uint8Array(65_536);
      }
    }
    const file = { ...voice(), bytes: 64 * 65_536, body: large() };
    expect(await clientOf(refusing.url.origin).upload(number, file)).toMatchObject({
      ok: false,
      outcome: { kind: 'refused', class: 'A' },
    });
    await refusing.stop(true);
  });

  test.each([
    ['no id', httpAnswer('{}')],
    ['no JSON', httpAnswer('<html>', '502 Bad Gateway')],
  ])('an answer with %s leaves it unknown', async (_, answer) => {
    await using server = await startWireServer((socket) => socket.write(answer));
    expect(await clientOf(server.url).upload(number, voice())).toMatchObject({
      ok: false,
      outcome: { kind: 'unknown' },
    });
  });

  test('what goes wrong with the file itself is thrown, and nothing of it counts as sent', async () => {
    await using server = await startWireServer(() => {});
    async function* damaged(): AsyncGenerator<Buffer> {
      yield Buffer.from('Ogg');
      throw new Error('the file is damaged');
    }
    const { upload } = clientOf(server.url);
    await expect(upload(number, voice(damaged()))).rejects.toThrow('the file is damaged');
    await expect(upload(number, voice(inPieces('Ogg')))).rejects.toThrow('was announced with 7');
  });

  test('a server that takes nothing is waited for only so long', async () => {
    await using server = await startWireServer(() => {});
    expect(await clientOf(server.url, HASTY).upload(number, voice())).toEqual({
      ok: false,
      outcome: { kind: 'unknown', why: 'no answer in time' },
    });
  });
});
