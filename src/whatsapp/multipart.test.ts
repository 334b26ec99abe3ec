import { expect, test } from 'bun:test';
import { type FilePart, multipart } from './multipart.ts';

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

const voice = crypto.getRandomValues(new Uint8Array(5000));
const part = (given: Partial<FilePart> = {}): FilePart => ({
  name: 'voice.ogg',
  mime: 'audio/ogg; codecs=opus',
  bytes: voice.length,
  body: inPieces(voice, 1024),
  ...given,
});

async function read(file: FilePart, fields: Record<string, string> = {}) {
  const { type, bytes, body } = multipart(fields, file);
  const whole = Buffer.concat(await Array.fromAsync(body));
  expect(whole.length).toBe(bytes);
  const form = await new Response(whole, { headers: { 'content-type': type } }).formData();
  const sent = form.get('file');
  if (!(sent instanceof File)) {
    throw new Error('the form holds no file');
  }
  const [, mime] = /\r\nContent-Type: ([^\r\n]*)\r\n\r\n/.exec(whole.toString('latin1')) ?? [];
  return { form, sent, mime };
}

test('the file arrives byte for byte, with its name, its type and the fields, in the length announced', async () => {
  const { form, sent, mime } = await read(part(), { messaging_product: 'whatsapp', type: 'audio/ogg' });
  expect(form.get('messaging_product')).toBe('whatsapp');
  expect(form.get('type')).toBe('audio/ogg');
  expect(sent.name).toBe('voice.ogg');
  expect(mime).toBe('audio/ogg; codecs=opus');
  expect(await sent.bytes()).toEqual(voice);
});

test.each(['a"b.pdf', 'line\r\nX-Header: 1.pdf', '\r\n--oonobox', 'Preisliste für März – 東京.pdf'])(
  'a name ends no header, whatever it holds: %j',
  async (name) => {
    const { form, sent } = await read(part({ name }));
    expect([...form.keys()]).toEqual(['file']);
    expect(await sent.bytes()).toEqual(voice);
  },
);

test.each(['text/plain\r\nX: 1', 'nonsense', '', 'a/b; c', 'text/html\n\n<b>'])(
  'a type that is none is sent as no kind: %j',
  async (mime) => {
    expect((await read(part({ mime }))).mime).toBe('application/octet-stream');
  },
);

test.each([-1, 1])('a file that is not as long as it says is not sent to its end (%d)', async (more) => {
  const { body } = multipart({}, part({ bytes: voice.length + more }));
  await expect(Array.fromAsync(body)).rejects.toThrow('was announced with');
});
