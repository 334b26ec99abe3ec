import { expect, test } from 'bun:test';
import { until } from '#src/testing/until.ts';
import { post, SHOP, startScene, textMessage } from './fixture.ts';

const NUMBER = SHOP.phoneNumberId;

async function openScene() {
  const scene = startScene();
  const wamid = await scene.tendai.say(NUMBER, 'Mhoro');
  return Object.assign(scene, { read: { messaging_product: 'whatsapp', status: 'read', message_id: wamid } });
}

test('an ended token is refused until it is renewed, and then the old one is unknown', async () => {
  await using scene = await openScene();
  const { trouble } = scene.simulator;

  trouble.expireToken(NUMBER);
  expect(await scene.post(textMessage())).toMatchObject({
    status: 401,
    body: { error: { code: 190, error_subcode: 463 } },
  });
  trouble.renewToken(NUMBER);
  expect((await scene.post(textMessage())).status).toBe(200);
  trouble.renewToken(NUMBER, 'another');
  expect(await scene.post(textMessage())).toMatchObject({ status: 401, body: { error: { code: 190 } } });
});

test('a planned refusal is used up by messages, not by read receipts', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.failNext(131016, { httpStatus: 503, count: 2 });

  expect((await scene.post(scene.read)).status).toBe(200);
  expect(await scene.post(textMessage())).toMatchObject({ status: 503, body: { error: { code: 131016 } } });
  expect((await scene.post(textMessage())).status).toBe(503);
  expect((await scene.post(textMessage())).status).toBe(200);
  expect(scene.simulator.sent).toHaveLength(1);
});

test('a planned refusal can wait for one number or for any request', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.failNext(4, { phoneNumberId: '200' });
  expect((await scene.post(textMessage())).status).toBe(200);

  scene.simulator.trouble.failNext(4, { on: 'any' });
  expect((await scene.post(scene.read)).body.error?.code).toBe(4);
});

test('a planned refusal can wait for a message to one customer', async () => {
  await using scene = await openScene();
  const message = textMessage();
  scene.simulator.trouble.failNext(131026, { to: String(message.to) });
  scene.simulator.trouble.failNext(4, { to: '+263770000009' });

  expect((await scene.post(message)).body.error?.code).toBe(131026);
  expect((await scene.post(message)).status).toBe(200);
});

test('a hanging request was accepted and has its statuses, but no answer', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.hang();
  const patience = new AbortController();
  const outcome = fetch(`${scene.simulator.url}/v25.0/${NUMBER}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SHOP.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(textMessage('Hanging')),
    signal: patience.signal,
  }).then(
    ({ status }) => status,
    ({ name }: Error) => name,
  );

  const message = await scene.simulator.waitFor(({ body }) => body.type === 'text', 'the hanging message');
  await scene.simulator.settled();
  patience.abort();
  expect(await outcome).toBe('AbortError');
  expect(scene.statuses().map(({ id, status }) => [id, status])).toEqual([
    [message.wamid, 'sent'],
    [message.wamid, 'delivered'],
  ]);
  expect(scene.simulator.requests).toMatchObject([{ status: null, wamid: message.wamid }]);
});

test('a connection cut after accepting leaves a message and no answer', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.resetAfterAccept();

  await expect(scene.post(textMessage())).rejects.toThrow();

  expect(scene.simulator.sent).toHaveLength(1);
  expect(scene.simulator.requests).toMatchObject([{ status: null, wamid: scene.simulator.sent[0]?.wamid }]);
});

test('a connection cut before accepting leaves nothing', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.resetBeforeAccept();

  await expect(scene.post(textMessage())).rejects.toThrow();

  expect(scene.simulator.sent).toBeEmpty();
  expect(scene.simulator.requests).toMatchObject([{ status: null, wamid: null }]);
});

test.each([
  [true, 1],
  [false, 0],
])('garbage is a 200 that nobody can read, accepted: %p', async (accept, accepted) => {
  await using scene = await openScene();
  scene.simulator.trouble.garbage(1, { accept });

  await expect(scene.post(textMessage())).rejects.toThrow(SyntaxError);

  expect(scene.simulator.sent).toHaveLength(accepted);
  expect(scene.simulator.requests).toMatchObject([{ status: 200 }]);
});

test('a proxy error is HTML and accepts nothing', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.httpError(502);

  await expect(scene.post(textMessage())).rejects.toThrow(SyntaxError);

  expect(scene.simulator.requests).toMatchObject([{ status: 502, wamid: null }]);
});

test('without a network nothing is reached until it is back', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.loseNetwork();
  await expect(scene.post(textMessage())).rejects.toThrow();
  await expect(scene.post(scene.read)).rejects.toThrow();

  scene.simulator.trouble.restoreNetwork();
  expect((await scene.post(textMessage())).status).toBe(200);
});

test('fair weather ends every trouble at once', async () => {
  await using scene = await openScene();
  const { trouble } = scene.simulator;
  trouble.failNext(4, { count: 10 });
  trouble.hang(10);
  trouble.loseNetwork();
  trouble.repeat(5);

  trouble.clear();

  expect((await post(scene.simulator, textMessage())).status).toBe(200);
});

test('an undeliverable message is accepted, reported as failed, and never shown on the phone', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.undeliverable(1);

  expect((await scene.post(textMessage('Lost'))).status).toBe(200);
  expect((await scene.post(textMessage('Arrives'))).status).toBe(200);
  await scene.simulator.settled();

  expect(scene.statuses().filter(({ status }) => status === 'failed')).toMatchObject([
    { errors: [{ code: 131026 }] },
  ]);
  expect(scene.tendai.thread(NUMBER).map(({ text }) => text)).toEqual(['Mhoro', 'Arrives']);
});

test('late answers come all the same', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.answerLate(1);

  expect((await scene.post(textMessage())).status).toBe(200);
  scene.simulator.trouble.clear();
  expect((await scene.post(textMessage())).status).toBe(200);
});

test('what is asked while answers are paused is done when they go on', async () => {
  await using scene = await openScene();
  const { requests, sent, trouble } = scene.simulator;
  trouble.pauseAnswers();
  const answer = scene.post(textMessage());
  await until('it to be asked', async () => requests.length === 1);
  expect(sent).toEqual([]);

  trouble.resumeAnswers();
  expect((await answer).status).toBe(200);
  expect(sent).toHaveLength(1);
});
