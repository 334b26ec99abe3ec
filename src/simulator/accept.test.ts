import { expect, test } from 'bun:test';
import { SHOP, startScene, TENDAI, textMessage, wamidOf } from './fixture.ts';

const HOUR = 60 * 60 * 1000;
const NUMBER = SHOP.phoneNumberId;

function clock(start = Date.UTC(2026, 10, 23, 9)) {
  const time = { now: start };
  return { time, now: () => time.now };
}

test('a customer who never wrote, or wrote a day ago, can only be sent a template', async () => {
  const { time, now } = clock();
  await using scene = startScene({ now });
  const template = {
    type: 'template',
    text: undefined,
    template: { name: 'hello', language: { code: 'en' } },
  };

  scene.simulator.templates.add(SHOP.wabaId, {
    name: 'hello',
    components: [{ type: 'BODY', text: 'Hello.' }],
  });
  expect((await scene.post(textMessage())).body.error?.code).toBe(131047);
  await scene.tendai.say(NUMBER, 'Mhoro');
  time.now += 24 * HOUR - 1;
  expect((await scene.post(textMessage())).status).toBe(200);
  time.now += 1;
  expect((await scene.post(textMessage())).body.error?.code).toBe(131047);
  expect((await scene.post(textMessage('', template))).status).toBe(200);
});

test("the window counts from Meta's second, not from when the webhook came", async () => {
  const { time, now } = clock();
  await using scene = startScene({ now });

  await scene.tendai.say(NUMBER, 'Old news', { at: time.now - 25 * HOUR });

  expect((await scene.post(textMessage())).body.error?.code).toBe(131047);
});

test('a closed window can be reported later, by a status', async () => {
  await using scene = startScene();
  scene.simulator.trouble.closedWindowAsync(true);

  const answer = await scene.post(textMessage());
  await scene.simulator.settled();

  expect(answer.status).toBe(200);
  expect(scene.statuses()).toMatchObject([
    {
      id: wamidOf(answer),
      status: 'failed',
      errors: [{ code: 131047, error_data: { details: expect.any(String) } }],
    },
  ]);
  expect(scene.tendai.thread(NUMBER)).toBeEmpty();
});

test('a number that is not on WhatsApp is accepted and fails with 131026', async () => {
  await using scene = startScene();

  const answer = await scene.post(textMessage('Hello', { to: '+263771111111' }));
  await scene.simulator.settled();

  expect(answer.status).toBe(200);
  expect(scene.statuses()).toMatchObject([
    { id: wamidOf(answer), status: 'failed', recipient_id: '263771111111', errors: [{ code: 131026 }] },
  ]);
});

test('a reaction needs a message of this thread that is no reaction and not too old', async () => {
  const { time, now } = clock();
  await using scene = startScene({ now });
  const old = await scene.tendai.say(NUMBER, 'Old', { at: time.now - 31 * 24 * HOUR });
  const message = await scene.tendai.say(NUMBER, 'Mhoro');
  const reaction = await scene.tendai.react(NUMBER, message, '👍');
  const stranger = await scene.simulator.customer('+263772222222').say(NUMBER, 'Hello');
  const react = (message_id: string, emoji = '🙏', more = {}) =>
    scene.post(
      textMessage('', { text: undefined, type: 'reaction', reaction: { message_id, emoji }, ...more }),
    );

  expect((await react(message)).status).toBe(200);
  expect((await react(message, '')).status).toBe(200);
  expect((await react(message, 'ok')).body.error?.code).toBe(131009);
  expect((await react(message, '👍👍')).body.error?.code).toBe(131009);
  expect((await react(reaction)).body.error?.code).toBe(131009);
  expect((await react(old)).body.error?.code).toBe(131009);
  expect((await react(stranger)).body.error?.code).toBe(131009);
  expect((await react('wamid.unknown')).body.error?.code).toBe(131009);
  expect((await react(message, '👍', { context: { message_id: message } })).body.error?.code).toBe(100);
});

test('the phone shows messages, quotes and reactions of both sides', async () => {
  await using scene = startScene();
  const question = await scene.tendai.say(NUMBER, 'How much?');
  const answer = wamidOf(await scene.post(textMessage('US$9', { context: { message_id: question } })));
  await scene.tendai.react(NUMBER, answer, '🙏');
  const reaction = { type: 'reaction', text: undefined, reaction: { message_id: question, emoji: '👍' } };
  await scene.post(textMessage('', reaction));
  await scene.simulator.settled();

  expect(scene.tendai.thread(NUMBER)).toMatchObject([
    {
      from: 'customer',
      text: 'How much?',
      status: 'delivered',
      reactions: { customer: null, business: '👍' },
    },
    { from: 'business', text: 'US$9', status: 'delivered', quote: question, reactions: { customer: '🙏' } },
  ]);
});

test('more than 45 messages to one customer are too many; one more is allowed each six seconds', async () => {
  const { time, now } = clock();
  await using scene = startScene({ now });
  await scene.tendai.say(NUMBER, 'Mhoro');
  const codes = [];
  for (let count = 0; count < 47; count++) {
    codes.push((await scene.post(textMessage())).body.error?.code);
  }

  expect(codes.slice(0, 45)).toEqual(Array(45).fill(undefined));
  expect(codes.slice(45)).toEqual([131056, 131056]);
  time.now += 6000;
  expect((await scene.post(textMessage())).status).toBe(200);
  expect((await scene.post(textMessage())).body.error?.code).toBe(131056);
});

test.each([
  ['', 80],
  [' that a phone has, too,', 20],
])('a number%s sends at most %i messages a second', async (which, most) => {
  const { time, now } = clock();
  await using scene = startScene({ now });
  if (which !== '') {
    scene.simulator.putOnPhone(NUMBER);
  }
  const phones = [...Array(most + 1).keys()].map((index) => `+26377${String(3_000_000 + index)}`);
  for (const phone of phones) {
    scene.simulator.customer(phone).write(NUMBER, { type: 'text', text: { body: 'Hi' } });
  }
  const codes = [];
  for (const to of phones) {
    codes.push((await scene.post(textMessage('Hello', { to }))).body.error?.code);
  }

  expect(codes.slice(0, most)).toEqual(Array(most).fill(undefined));
  expect(codes[most]).toBe(130429);
  time.now += 1000;
  expect((await scene.post(textMessage('Hello', { to: phones[most] }))).status).toBe(200);
});

test('waiting for a message ends with the message, even if it was sent before', async () => {
  await using scene = startScene();
  await scene.tendai.say(NUMBER, 'Mhoro');
  const later = scene.simulator.waitFor(({ body }) => body.to === TENDAI);

  const wamid = wamidOf(await scene.post(textMessage()));

  expect((await later).wamid).toBe(wamid);
  expect((await scene.simulator.waitFor((message) => message.wamid === wamid)).wamid).toBe(wamid);
});

test('waiting for a message that never comes ends with the simulator, and says for what', async () => {
  const scene = startScene();
  const outcome = scene.simulator.waitFor(() => false, 'the refund').catch(String);

  await scene[Symbol.asyncDispose]();

  expect(await outcome).toContain('the refund');
});

test('the past is on the phone and can be quoted, and no webhook tells of it', async () => {
  await using scene = startScene();
  const { wamid, body } = scene.tendai.wrote(NUMBER, 'Mhoro', { at: 1_000_000 });
  const answer = scene.tendai.heard(NUMBER, 'Mhoro Tendai', { at: 1_060_000 });

  expect(scene.tendai.thread(NUMBER)).toMatchObject([
    { wamid, from: 'customer', at: 1_000_000, status: 'read' },
    { wamid: answer, from: 'business', at: 1_060_000, status: 'read' },
  ]);
  expect(JSON.stringify(body)).toContain('"timestamp":"1000"');
  expect(scene.received).toEqual([]);
  await scene.tendai.read(NUMBER);
  expect(scene.received).toEqual([]);
});
