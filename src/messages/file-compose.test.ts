import { afterAll, beforeAll, expect, test } from 'bun:test';
import { conversations } from '#src/db/schema/inbox/index.ts';
import { sample } from '#src/simulator/samples/samples.ts';
import { asFragment } from '#src/testing/client.ts';
import { type FileBox, openFileBox } from './file-testing.ts';

let box: FileBox;
beforeAll(async () => {
  box = await openFileBox();
});
afterAll(() => box.close());

const note = async (name: string) => (await box.upload(`This is ${name}`, { name })).id;
/** The messages since, as their type, text and file. */
const since = async (count: number) => {
  const written = (await box.written()).slice(count);
  return written.map(({ type, text }) => ({ type, text }));
};

test('pressing Send twice sends once, and a repeat with other files is told apart', async () => {
  const [a, b, c] = [await note('a.txt'), await note('b.txt'), await note('c.txt')];
  const count = (await box.written()).length;
  const send = (ids: number[], text = 'Both') => box.send(ids, text, 'the same key');
  const answers = await Promise.all([send([a, b]), send([a, b]), send([a, b])]);

  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  const written = (await box.written()).slice(count);
  expect(written.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['the same key', 'the same key.2']);
  for (const ids of [[a], [b, a], [a, b, c]]) {
    expect((await send(ids)).status).toBe(422);
  }
  expect((await send([a, b], 'Other words')).status).toBe(422);
  await box.settled();
  expect((await box.written()).slice(count).map(({ status }) => status)).toEqual(['delivered', 'delivered']);
  expect(box.simulator.uploads).toHaveLength(2);
});

test('the text is the caption of the first file where it can be, else a message before', async () => {
  const { bytes } = await sample('voice');
  const voice = (await box.upload(bytes, { headers: { 'x-voice': '1' } })).id;
  for (const [files, text, wanted] of [
    [[await note('1.txt'), await note('2.txt')], 'Here', ['document: Here', 'document: ']],
    [[voice, await note('3.txt')], 'Listen', ['text: Listen', 'audio: ', 'document: ']],
    [[await note('4.txt')], 'x'.repeat(1025), [`text: ${'x'.repeat(1025)}`, 'document: ']],
    [[await note('5.txt')], 'y'.repeat(1024), [`document: ${'y'.repeat(1024)}`]],
    [[await note('6.txt')], ' ', ['document: ']],
  ] as const) {
    const count = (await box.written()).length;
    expect((await box.send(files, text)).status).toBe(303);
    expect((await since(count)).map((one) => `${one.type}: ${one.text}`)).toEqual([...wanted]);
  }
});

test('htmx gets a bubble for each message', async () => {
  const files = `${await note('one.txt')} ${await note('two.txt')}`;
  const answer = await box.ada.post(
    `/conversations/${box.conversationId}/messages`,
    { text: '', key: 'bubbles', files },
    asFragment,
  );
  const html = await answer.text();
  const [one, two] = (await box.written()).slice(-2);

  expect(answer.status).toBe(200);
  expect(html).toContain(`id="message-${one?.id}"`);
  expect(html).toContain(`id="message-${two?.id}"`);
});

test('only what one put there oneself, for this conversation, and once, can be sent', async () => {
  const sent = await note('sent.txt');
  await box.send([sent]);
  const tendai = box.simulator.customer('+263771000002', { name: 'Tendai' });
  await tendai.say(box.number.phoneNumberId, 'Hello');
  await box.settled();
  const elsewhere = await box.upload('for Tendai', {
    name: 'tendai.txt',
    to: await box.newestConversation(),
  });
  const bo = await box.as('bo');
  const bos = await box.upload('by Bo', { name: 'bo.txt', headers: { cookie: bo.cookie ?? '' } });
  const own = await note('own.txt');
  const count = (await box.written()).length;
  for (const ids of [
    [sent],
    [bos.id],
    [elsewhere.id],
    [999],
    [own, own],
    [own, sent],
    Array.from({ length: 11 }, (_, i) => own + i),
  ]) {
    const answer = await box.send(ids, 'Look');
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(/no longer there|sent already|each of them once/);
  }
  expect(await since(count)).toEqual([]);
  expect((await box.send([own], 'Look')).status).toBe(303);
});

test('what was typed and chosen is kept together, in every tab, until it is sent', async () => {
  const at = `/conversations/${box.conversationId}/draft`;
  const [one, two] = [await note('one.txt'), await note('two.txt')];
  const before = (await (await box.ada.get(at)).json()) as { revision: number };
  const save = (fields: Record<string, string>, revision: number) =>
    box.ada.post(
      at,
      { text: 'Soon', key: 'd', revision: String(revision), ...fields },
      { accept: 'application/json' },
    );
  await save({ files: `${one} ${two}` }, before.revision);
  const draft = (await (await box.ada.get(at)).json()) as { files: { name: string }[]; revision: number };
  expect(draft.files.map(({ name }) => name)).toEqual(['one.txt', 'two.txt']);

  // A tab that knows nothing of files leaves them as they are.
  await save({ text: 'Sooner' }, draft.revision);
  expect(await (await box.ada.get(at)).json()).toMatchObject({ text: 'Sooner', files: draft.files });
  await box.ada.post(`/files/${one}/removal`);
  expect(await (await box.ada.get(at)).json()).toMatchObject({ files: [{ id: two }] });

  await box.send([two], 'Sooner');
  expect(await (await box.ada.get(at)).json()).toMatchObject({ text: '', files: [] });
});

test('a closed window takes no file, and the file is still there afterwards', async () => {
  const id = await note('late.txt');
  await box.inbox((inbox) =>
    inbox.write('normal', [inbox.sql.update(conversations).set({ windowExpiresAt: box.clock.now - 1 })]),
  );
  const answer = await box.send([id]);
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('24');

  await box.rudo.say(box.number.phoneNumberId, 'Still there?');
  await box.settled();
  expect((await box.send([id])).status).toBe(303);
});
