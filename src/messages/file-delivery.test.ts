import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expectErrorInLog, loggedLines } from '#src/testing/log.ts';
import { type FileBox, openFileBox } from './file-testing.ts';

let box: FileBox;
beforeEach(async () => {
  box = await openFileBox();
});
afterEach(() => box.close());

const ON_UPLOAD = { on: 'upload' } as const;

/** A file is uploaded here and sent; nothing has gone to Meta yet. */
async function send(name = 'plan.txt', text = ''): Promise<number> {
  const { id } = await box.upload(`This is ${name}`, { name });
  expect((await box.send([id], text)).status).toBe(303);
  return id;
}
const say = (text: string) =>
  box.ada.post(`/conversations/${box.conversationId}/messages`, { text, key: crypto.randomUUID() });
const statuses = async () => (await box.written()).map(({ status }) => status);
const uploads = () => box.simulator.requests.filter(({ path }) => path.endsWith('/media')).length;
const repeat = async () => {
  const [message] = await box.written();
  return box.ada.post(`/messages/${message?.id}/repetition`);
};

test('what is written after a file waits for it, and nothing is sent before', async () => {
  box.simulator.trouble.failNext(131016, { ...ON_UPLOAD, count: 2 });
  await send();
  await say('And this');
  await box.settled();
  expect(await statuses()).toEqual(['queued', 'queued']);
  expect(box.simulator.sent).toEqual([]);

  await box.pass(2_000);
  expect(await statuses()).toEqual(['queued', 'queued']);
  await box.pass(4_000);
  expect(box.simulator.sent.map(({ type }) => type)).toEqual(['document', 'text']);
  expect(await statuses()).toEqual(['delivered', 'delivered']);
});

test('an upload without an answer is done again, and the message goes once', async () => {
  const { trouble } = box.simulator;
  trouble.resetAfterAccept(1, ON_UPLOAD);
  trouble.httpError(502, 1, ON_UPLOAD);
  await send();
  await box.settled();
  expect(await statuses()).toEqual(['queued']);
  await box.pass(2_000);
  await box.pass(4_000);
  expect(await statuses()).toEqual(['delivered']);
  expect([uploads(), box.simulator.sent.length]).toEqual([3, 1]);
});

test('a file that never gets through fails in the end, is not held against what needs none, and can be tried again', async () => {
  const { trouble } = box.simulator;
  trouble.httpError(502, 13, ON_UPLOAD);
  await send('plan.txt', 'Our plan');
  for (let tries = 0; tries < 16; tries += 1) {
    await box.pass(600_000);
  }
  const [message] = await box.written();
  expect(message?.status).toBe('failed');
  expect(message?.error).toContain('could not be handed to WhatsApp');
  await say('A word');
  await box.settled();
  expect(await statuses()).toEqual(['failed', 'delivered']);

  expect((await repeat()).status).toBe(303);
  await box.settled();
  expect(await statuses()).toEqual(['delivered', 'delivered']);
  expect(box.simulator.sent.at(-1)?.body).toMatchObject({ document: { caption: 'Our plan' } });
});

test('what Meta refuses for certain fails with what to do', async () => {
  const { id } = await box.upload('a text', { name: 'plan.txt' });
  box.simulator.trouble.failNext(100, {
    on: 'upload',
    message: 'Param file must be one of the following types',
  });
  await box.send([id]);
  await box.settled();
  const [message] = await box.written();
  expect(message).toMatchObject({ status: 'failed', errorCode: 100 });
  expect(message?.error).toContain('Save it as another kind');
  expect(await box.outbox()).toEqual([]);
});

test('a token that has ended pauses the number over an upload, and the new one sends what waited', async () => {
  const { simulator, number } = box;
  simulator.trouble.expireToken(number.phoneNumberId);
  await send();
  await box.settled();
  expect(await statuses()).toEqual(['queued']);
  expect(await box.numberState()).toBe('paused');

  simulator.trouble.renewToken(number.phoneNumberId);
  await box.resumeNumber();
  await box.settled();
  expect(await statuses()).toEqual(['delivered']);
});

test('an id that lives is used again, one that is over is not', async () => {
  const { simulator } = box;
  simulator.trouble.failNext(131000, { on: 'message', count: 2 });
  await send();
  await box.settled();
  await box.pass(2_000);
  expect(await statuses()).toEqual(['failed']);
  await repeat();
  await box.settled();
  expect([await statuses(), uploads()]).toEqual([['delivered'], 1]);

  simulator.trouble.failNext(131026, { on: 'message' });
  const id = await send('second.txt');
  await box.settled();
  expect(uploads()).toBe(2);
  await box.expireMediaId(id);
  const second = (await box.written()).at(-1);
  await box.ada.post(`/messages/${second?.id}/repetition`);
  await box.settled();
  expect([(await statuses()).at(-1), uploads()]).toEqual(['delivered', 3]);
});

test('an id that Meta has forgotten is asked for anew, once', async () => {
  const { simulator } = box;
  simulator.trouble.failNext(131016, { on: 'message' });
  await send();
  await box.settled();
  expect(await statuses()).toEqual(['queued']);
  const [first] = simulator.uploads;
  simulator.media.expire(first?.id ?? '');
  await box.pass(2_000);
  expect([await statuses(), uploads()]).toEqual([['delivered'], 2]);

  const naming = { on: 'message', count: 2, details: 'The media id is not known.' } as const;
  simulator.trouble.failNext(131009, naming);
  await send('second.txt');
  await box.settled();
  expect((await statuses()).at(-1)).toBe('failed');
  expect(uploads()).toBe(4);
});

test('a file that Meta cannot process fails with a sentence and goes again, as a new attempt of the same message', async () => {
  box.simulator.trouble.unprocessable(1);
  await send('plan.txt', 'Our plan');
  await box.settled();
  const [failed] = await box.written();
  expect(failed).toMatchObject({ status: 'failed', errorCode: 131053 });

  expect((await repeat()).status).toBe(303);
  await repeat();
  await box.settled();
  const [again, ...others] = await box.written();
  expect(others).toEqual([]);
  expect(again).toMatchObject({ id: failed?.id, status: 'delivered', error: null, text: 'Our plan' });
  expect(again?.wamid).toBe(box.simulator.sent[1]?.wamid ?? '');
  expect([uploads(), box.simulator.sent.length]).toEqual([2, 2]);
});

test('a file that cannot be read here fails its message, and others go', async () => {
  const { services, accountId } = box;
  const { id } = await box.upload('Gone in a moment', { name: 'plan.txt' });
  const { path } = await box.file(id);
  rmSync(join(services.config.data, 'accounts', String(accountId), 'media', path ?? ''));
  await box.send([id]);
  await say('And this');
  await box.settled();
  const [message] = await box.written();
  expect(await statuses()).toEqual(['failed', 'delivered']);
  expect(message?.error).toContain('can no longer be read');
});

test('files that cannot be read for a while are tried again after rests that grow, and others meanwhile', async () => {
  expectErrorInLog(/the file of a message could not be read/);
  const { services, accountId } = box;
  const folder = join(services.config.data, 'accounts', String(accountId), 'media');
  const uploaded = [];
  for (const name of ['first.txt', 'second.txt', 'third.txt']) {
    uploaded.push((await box.upload(`This is ${name}`, { name })).id);
  }
  const [first = 0, second = 0, third = 0] = uploaded;
  const paths = await Promise.all([first, second].map(async (id) => (await box.file(id)).path ?? ''));
  for (const path of paths) {
    renameSync(join(folder, path), join(folder, `${path}.aside`));
    mkdirSync(join(folder, path));
  }
  for (const id of uploaded) {
    await box.send([id]);
  }
  await box.settled();
  await box.settled();
  const tries = () => loggedLines().filter((line) => line.includes('file of a message could not')).length;
  expect([tries(), await statuses()]).toEqual([2, ['queued', 'queued', 'queued']]);
  expect((await box.file(third)).mediaId).not.toBeNull();
  await box.pass(5_000);
  await box.pass(5_000);
  expect(tries()).toBe(4);

  for (const path of paths) {
    rmdirSync(join(folder, path));
    renameSync(join(folder, `${path}.aside`), join(folder, path));
  }
  await box.pass(5_000);
  expect([tries(), await statuses()]).toEqual([4, ['delivered', 'delivered', 'delivered']]);
});

test('of a file that was sent, and of what was written beside it, nothing can be read in the data folder', async () => {
  const { id } = await box.upload('MARKER-51c9-of-a-price-list '.repeat(20_000), {
    name: 'MARKER-prices.txt',
  });
  await box.send([id], 'MARKER, these are the prices');
  await box.settled();
  expect(await statuses()).toEqual(['delivered']);
  const { data } = box.services.config;
  const names = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  expect(names.some((name) => name.includes('/media/'))).toBe(true);
  expect(names.filter((name) => readFileSync(name).includes('MARKER'))).toEqual([]);
});

test('a message that is called off while its file waits is not sent', async () => {
  box.simulator.trouble.failNext(131016, ON_UPLOAD);
  await send();
  await box.settled();
  const [message] = await box.written();
  await box.ada.post(`/messages/${message?.id}/cancellation`);
  await box.pass(10_000);
  expect(await statuses()).toEqual(['cancelled']);
  expect([uploads(), box.simulator.sent.length]).toEqual([1, 0]);
});

test('without a network files wait, and go when it is back', async () => {
  const { trouble } = box.simulator;
  trouble.loseNetwork();
  await send();
  await box.settled();
  for (let tries = 0; tries < 5; tries += 1) {
    await box.pass(10_000);
  }
  expect(await statuses()).toEqual(['queued']);
  trouble.restoreNetwork();
  await box.pass(60_000);
  expect(await statuses()).toEqual(['delivered']);
});
