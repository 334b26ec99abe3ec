import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sample } from '#src/simulator/samples/samples.ts';
import { type FileBox, hiddenIn, openFileBox } from './file-testing.ts';

let box: FileBox;
beforeAll(async () => {
  box = await openFileBox();
});
afterAll(() => box.close());

const formOf = (kind: string) => `/conversations/${box.conversationId}/messages/${kind}`;
const lastSent = async () => {
  await box.settled();
  return box.simulator.sent.at(-1)?.body ?? {};
};
/** Sends the form that a page shows, with files in it, as a browser without scripts does. */
async function submit(path: string, page: string, fields: Record<string, string | File>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...hiddenIn(page), ...fields })) {
    form.append(name, value);
  }
  const headers = { ...box.own, accept: 'text/html' };
  return fetch(`${box.url}${path}`, { method: 'POST', headers, body: form, redirect: 'manual' });
}
const begin = async (kind: string) => (await box.ada.get(formOf(kind))).text();
async function fileOf(name: 'photo' | 'voice', filename: string): Promise<File> {
  return new File([(await sample(name)).bytes], filename);
}
const tapped = { text: 'Shall we keep ten?', button1: 'Yes', heading: 'file' };
const NO_FILE = new File([], '');

test('a picture for the heading is looked at first, then goes above the buttons', async () => {
  const before = (await box.written()).length;
  const seen = await submit(`${formOf('button')}/preview`, await begin('button'), {
    ...tapped,
    'file.header': await fileOf('photo', 'tap.jpg'),
  });
  const page = await seen.text();
  const [, id = ''] = /name="kept\.header" value="(\d+)"/.exec(page) ?? [];
  expect(seen.status).toBe(200);
  expect(page).toContain('What Rudo will see');
  expect(page).toContain(`src="/files/${id}/thumbnail"`);
  expect((await box.written()).length).toBe(before);

  const answer = await submit(formOf('button'), page, { ...tapped, 'file.header': NO_FILE });
  expect(answer.status).toBe(303);
  expect(await lastSent()).toMatchObject({
    interactive: {
      type: 'button',
      header: { type: 'image', image: { id: box.simulator.uploads.at(-1)?.id } },
      body: { text: tapped.text },
    },
  });
  const thread = await (await box.ada.get(`/inbox/all/${box.conversationId}`)).text();
  expect(thread).toContain(`id="file-${id}"`);
});

test('a form with a file that is sent twice is one message, and another file under its key is refused', async () => {
  for (const kind of ['photo', 'document'] as const) {
    const { bytes, filename } = await sample(kind);
    const page = await begin('button');
    const before = (await box.written()).length;
    const post = (name: string, content = bytes) =>
      submit(formOf('button'), page, { ...tapped, 'file.header': new File([content], name) });
    const answers = [...(await Promise.all([post(filename), post(filename)])), await post(filename)];
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    await box.settled();
    expect((await box.written()).length).toBe(before + 1);

    const refused = [await post(`other-${filename}`)];
    if (kind === 'document') {
      refused.push(await post(filename, new Uint8Array([...bytes, 10])));
    }
    for (const answer of refused) {
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('already been sent from another window');
    }
    await box.settled();
    expect((await box.written()).length).toBe(before + 1);
  }
});

test('a heading of some megabytes is taken, looked at and sent, while what is typed stays within its limit', async () => {
  const pages = await sample('document');
  const plan = new File([pages.bytes, new Uint8Array(2 * 1024 * 1024)], 'plan.pdf');
  const seen = await submit(`${formOf('button')}/preview`, await begin('button'), {
    ...tapped,
    'file.header': plan,
  });
  expect(seen.status).toBe(200);
  expect(await seen.text()).toContain('plan.pdf');
  const sent = await submit(formOf('button'), await begin('button'), { ...tapped, 'file.header': plan });
  expect(sent.status).toBe(303);
  expect(await lastSent()).toMatchObject({
    interactive: { header: { type: 'document', document: { filename: 'plan.pdf' } } },
  });

  const before = (await box.written()).length;
  const half = 'x'.repeat(600 * 1024);
  const long = { ...tapped, text: half, footer: half };
  for (const path of [formOf('button'), `${formOf('button')}/preview`]) {
    expect((await box.ada.post(path, long)).status).toBe(413);
    expect((await submit(path, '', long)).status).toBe(413);
  }
  expect((await box.written()).length).toBe(before);
});

test('a heading that cannot go says why beside its field, and nothing of the form is lost', async () => {
  const refuse = async (fields: Record<string, string | File>) => {
    const answer = await submit(formOf('button'), await begin('button'), { ...tapped, ...fields });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain(tapped.text);
    expect(page).toMatch(/value="file" checked/);
    return page;
  };
  const none = await refuse({ 'file.header': NO_FILE });
  expect(none).toContain('href="#file.header"');
  expect(none).toContain('The file of the heading is missing');
  const archive = new File(['PK\x03\x04 and more'], 'all.zip');
  expect(await refuse({ 'file.header': archive })).toContain('WhatsApp does not take files of this kind');
  const sound = await refuse({ 'file.header': await fileOf('voice', 'hello.ogg') });
  expect(sound).toContain('takes a picture, a video or a document as a heading');

  const long = await refuse({ 'file.header': await fileOf('photo', 'tap.jpg'), button1: 'x'.repeat(21) });
  expect(long).toContain('id="button1-wrong"');
  const again = await submit(formOf('button'), long, { ...tapped, 'file.header': NO_FILE });
  expect(again.status).toBe(303);
  expect(await lastSent()).toMatchObject({ interactive: { header: { type: 'image' } } });
});

test('a file that cannot go is no matter once the heading is words or none, and no such file is kept', async () => {
  const before = (await box.files()).length;
  const archive = new File(['PK\x03\x04 and more'], 'all.zip');
  const photo = await fileOf('photo', 'tap.jpg');
  for (const [heading, file] of [
    ['text', archive],
    ['none', archive],
    ['none', photo],
  ] as const) {
    const fields = { ...tapped, heading, header: 'Tanks', 'file.header': file };
    const seen = await submit(`${formOf('button')}/preview`, await begin('button'), fields);
    expect(seen.status).toBe(200);
    const answer = await submit(formOf('button'), await seen.text(), fields);
    expect(answer.status).toBe(303);
    const sent = (await lastSent()) as { interactive?: { header?: object } };
    expect(sent.interactive?.header).toEqual(
      heading === 'text' ? { type: 'text', text: 'Tanks' } : undefined,
    );
  }
  const { text, button1 } = tapped;
  const chosenAfter = { text, button1, 'file.header': archive, heading: 'none' };
  expect((await submit(formOf('button'), await begin('button'), chosenAfter)).status).toBe(303);
  expect((await box.files()).length).toBe(before);
});

test('the file of a heading is given to Meta as any other, and again when Meta has it no more', async () => {
  const { trouble, uploads, media } = box.simulator;
  const sendOne = async () => {
    const file = await fileOf('photo', 'tap.jpg');
    await submit(formOf('button'), await begin('button'), { ...tapped, 'file.header': file });
    await box.settled();
  };
  const newest = async () => (await box.written()).at(-1);
  const from = uploads.length;
  trouble.failNext(131016, { on: 'upload' });
  await sendOne();
  expect((await newest())?.status).toBe('queued');
  await box.pass(2_000);
  expect([(await newest())?.status, uploads.length - from]).toEqual(['delivered', 1]);

  trouble.failNext(131016, { on: 'message' });
  await sendOne();
  media.expire(uploads.at(-1)?.id ?? '');
  await box.pass(2_000);
  expect([(await newest())?.status, uploads.length - from]).toEqual(['delivered', 3]);

  trouble.failNext(131026, { on: 'message' });
  await sendOne();
  const failed = await newest();
  expect([failed?.status, uploads.length - from]).toEqual(['failed', 4]);
  await box.expireMediaId((await box.files()).findLast(({ mediaId }) => mediaId !== null)?.id ?? 0);
  await box.ada.post(`/messages/${failed?.id}/repetition`);
  await box.settled();
  expect([(await newest())?.status, uploads.length - from]).toEqual(['delivered', 5]);
  expect(await lastSent()).toMatchObject({
    interactive: { header: { type: 'image', image: { id: uploads.at(-1)?.id } } },
  });
});
