import { afterAll, beforeAll, expect, test } from 'bun:test';
import { connect } from 'node:net';
import { sample } from '#src/simulator/samples/samples.ts';
import { type FileBox, openFileBox } from './file-testing.ts';

let box: FileBox;
beforeAll(async () => {
  box = await openFileBox();
});
afterAll(() => box.close());

type Fields = Record<string, string | { name: string; text: string | Buffer }>;

function form(entries: [string, Fields[string]][]): FormData {
  const made = new FormData();
  for (const [field, value] of entries) {
    if (typeof value === 'string') {
      made.append(field, value);
    } else {
      made.append(field, new Blob([Buffer.from(value.text)]), value.name);
    }
  }
  return made;
}
const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${box.url}/conversations/${box.conversationId}/files`, {
    method: 'POST',
    headers: { ...box.own, accept: 'text/html', ...headers },
    body,
    redirect: 'manual',
  });
type Draft = { text: string; key: string; files: { id: number; name: string }[] };
const draft = async () =>
  (await (await box.ada.get(`/conversations/${box.conversationId}/draft`)).json()) as Draft;

test('without scripts a form brings files and what was typed into the draft, and sends them', async () => {
  const answer = await post(
    form([
      ['text', 'As\r\npromised'],
      ['key', 'form key'],
      ['revision', '0'],
      ['back', 'mine'],
      ['file', { name: 'one.txt', text: 'One' }],
      ['file', { name: '', text: '' }],
      ['file', { name: 'zwei ä.txt', text: 'Two' }],
    ]),
  );
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/inbox/mine/${box.conversationId}`]);
  expect(await draft()).toMatchObject({
    text: 'As\npromised',
    key: 'form key',
    files: [{ name: 'one.txt' }, { name: 'zwei ä.txt' }],
  });

  await post(form([['file', { name: 'three.txt', text: 'Three' }]]));
  const { files, key } = await draft();
  expect(files.map(({ name }) => name)).toEqual(['one.txt', 'zwei ä.txt', 'three.txt']);
  const page = await (await box.ada.get(`/inbox/mine/${box.conversationId}`)).text();
  expect(page).toContain('As\npromised');

  await box.send(
    files.map(({ id }) => id),
    'As promised',
    key,
  );
  await box.settled();
  expect(box.simulator.uploads.map(({ bytes }) => new TextDecoder().decode(bytes)).sort()).toEqual([
    'One',
    'Three',
    'Two',
  ]);
  expect(await draft()).toMatchObject({ text: '', files: [] });
});

test('one that cannot be sent is said on the page, by its name; the others are kept', async () => {
  const { bytes } = await sample('video');
  const long = { name: 'long.mp4', text: Buffer.concat([bytes, Buffer.alloc(17 * 1024 * 1024)]) };
  const answer = await post(
    form([
      ['text', 'Look'],
      ['file', { name: 'good.txt', text: 'Good' }],
      ['file', { name: 'empty.txt', text: '' }],
      ['file', long],
      ['file', { name: 'also.txt', text: 'Also' }],
    ]),
  );
  const page = await answer.text();
  expect(answer.status).toBe(422);
  expect(page).toContain('empty.txt: This file is empty.');
  expect(page).toContain('long.mp4: This file is too large.');
  expect(page).toContain('Look');
  expect((await draft()).files.map(({ name }) => name)).toEqual(['good.txt', 'also.txt']);
});

test('of more files than go with one message the first are kept, and the others are named', async () => {
  const { files: before } = await draft();
  const kept = before.map(({ id }) => id).join(' ');
  const names = Array.from({ length: 12 }, (_, index) => `part ${index + 1}.txt`);
  const answer = await post(
    form([['files', kept], ...names.map((name): [string, Fields[string]] => ['file', { name, text: name }])]),
  );
  expect(answer.status).toBe(422);
  const room = 10 - before.length;
  const beyond = names.slice(room).join(', ');
  expect(await answer.text()).toContain(`${beyond}: At most 10 files go with one message. Send these first.`);
  const { files } = await draft();
  expect(files.map(({ name }) => name)).toEqual([...before.map(({ name }) => name), ...names.slice(0, room)]);
});

test('what is no form, or breaks off, is answered, and the server goes on', async () => {
  const before = await box.files();
  const type = 'multipart/form-data; boundary=x';
  for (const [body, contentType] of [
    ['nonsense', type],
    ['--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc', type],
    ['--x', 'multipart/form-data'],
    ['', type],
  ] as const) {
    expect((await post(body, { 'content-type': contentType })).status).toBe(400);
  }
  const { hostname, port } = new URL(box.url);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ ...box.own, host: 'a', 'content-type': type, 'content-length': '9999' });
  socket.write(
    `POST /conversations/${box.conversationId}/files HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`,
  );
  const half = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc';
  await new Promise((resume) => socket.write(half, resume));
  socket.destroy();

  expect((await post(form([['file', { name: 'fine.txt', text: 'Fine' }]]))).status).toBe(303);
  expect(await box.files()).toHaveLength(before.length + 1);
});
