import { afterEach, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { peakMegabytes, residentMegabytes } from '#src/bench/memory.ts';
import { until } from '../until.ts';
import { type Install, openInstall } from './install.ts';

const BYTES = 100 * 1024 * 1024;
const MOST_EXTRA_MB = 64;
let install: Install;
afterEach(() => install.close());

test('a document of 100 MB goes out and another comes in, byte for byte, in 64 MB more memory than at rest', async () => {
  install = await openInstall();
  const { simulator, number, apiKey, url } = install;
  const server = await install.start();
  const api = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/api/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${apiKey}`, ...init.headers },
    });
  const json = async (path: string, init?: RequestInit) => (await api(path, init)).json();
  const rudo = simulator.customer('+263771000001', { name: 'Rudo' });
  await rudo.say(number.phoneNumberId, 'Hello');
  const conversation = await until('the conversation', async () => (await json('/conversations')).data[0]);
  const at = `/conversations/${conversation.id}/messages`;

  const sendFile = async (body: Uint8Array<ArrayBuffer>, name: string) => {
    const media = await json('/media', { method: 'POST', body, headers: { 'x-file-name': name } });
    await json(at, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': name },
      body: JSON.stringify({ type: 'document', document: { id: media.id } }),
    });
    await simulator.waitFor(({ body }) => Bun.deepMatch({ document: { filename: name } }, body), name);
  };
  type Message = { direction: string; attachments: { size: number | null; url: string | null }[] };
  const receiveFile = async (bytes: Uint8Array<ArrayBuffer>, filename: string): Promise<string> => {
    await rudo.sendFile(number.phoneNumberId, { type: 'document', bytes, mime: 'application/pdf', filename });
    return await until(`${filename} to be fetched`, async () => {
      const { data } = (await json(at)) as { data: Message[] };
      const files = data
        .filter(({ direction }) => direction === 'in')
        .flatMap(({ attachments }) => attachments);
      return files.find(({ size }) => size === bytes.length)?.url;
    });
  };
  // What runs for the first time is loaded first, and that stays.
  await sendFile(new Uint8Array(Buffer.from('%PDF-1.7 small')), 'small.pdf');
  await api(
    (await receiveFile(new Uint8Array(Buffer.from('%PDF-1.7 tiny')), 'tiny.pdf')).slice('/api/v1'.length),
  );

  const large = randomPdf();
  const hash = hashOf(large);
  forgetPeak(server.pid);
  const atRest = residentMegabytes(server.pid);
  await sendFile(large, 'large.pdf');
  expect(simulator.uploads.at(-1)?.sha256).toBe(hash);

  const address = await receiveFile(large, 'from the customer.pdf');
  const hasher = new Bun.CryptoHasher('sha256');
  for await (const piece of (
    await fetch(`${url}${address}`, { headers: { authorization: `Bearer ${apiKey}` } })
  ).body ?? []) {
    hasher.update(piece);
  }
  expect(hasher.digest('hex')).toBe(hash);
  expect(peakMegabytes(server.pid) - atRest).toBeLessThanOrEqual(MOST_EXTRA_MB);
}, 60_000);

/** From now on the peak is counted anew (proc(5)). */
function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function randomPdf(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(BYTES);
  for (let at = 0; at < BYTES; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  }
  bytes.set(Buffer.from('%PDF-1.7\n'));
  return bytes;
}

const hashOf = (bytes: Uint8Array): string => new Bun.CryptoHasher('sha256').update(bytes).digest('hex');
