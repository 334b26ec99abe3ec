import { expect, test } from 'bun:test';
import { SHOP, startScene, textMessage, wamidOf } from './fixture.ts';

const NUMBER = SHOP.phoneNumberId;

async function openScene() {
  const scene = startScene();
  await scene.tendai.say(NUMBER, 'Mhoro');
  scene.received.length = 0;
  return scene;
}

test('a message is sent, then delivered, and read when the customer looks', async () => {
  await using scene = await openScene();
  const id = wamidOf(await scene.post(textMessage('Hello', { biz_opaque_callback_data: 'a.1' })));
  await scene.simulator.settled();
  await scene.tendai.read(NUMBER);
  await scene.tendai.read(NUMBER);

  const common = {
    id,
    recipient_id: '263771234567',
    recipient_user_id: scene.tendai.userId,
    biz_opaque_callback_data: 'a.1',
    timestamp: expect.stringMatching(/^\d{10}$/),
  };
  const pricing = {
    billable: false,
    pricing_model: 'PMP',
    category: 'service',
    type: 'free_customer_service',
  };
  expect(scene.statuses()).toEqual([
    { ...common, status: 'sent', pricing },
    { ...common, status: 'delivered', pricing },
    { ...common, status: 'read' },
  ]);
  expect(scene.simulator.sent).toMatchObject([{ status: 'read' }]);
});

test.each(['marketing', 'utility', 'authentication'])(
  'a template is charged by its category: %s',
  async (category) => {
    await using scene = await openScene();
    const components = [{ type: 'BODY', text: 'Hello.' }];
    scene.simulator.templates.add(SHOP.wabaId, {
      name: 'hello',
      category: category.toUpperCase(),
      components,
    });
    const template = { name: 'hello', language: { code: 'en' } };
    await scene.post(textMessage('', { text: undefined, type: 'template', template }));
    await scene.simulator.settled();
    const pricing = { billable: true, category, type: 'regular' };
    expect(scene.statuses()).toMatchObject([{ pricing }, { pricing }]);
  },
);

test('a reaction is only sent', async () => {
  await using scene = await openScene();
  const message_id = scene.tendai.thread(NUMBER)[0]?.wamid;
  await scene.post(
    textMessage('', { text: undefined, type: 'reaction', reaction: { message_id, emoji: '👍' } }),
  );
  await scene.simulator.settled();
  await scene.tendai.read(NUMBER);

  expect(scene.statuses().map(({ status }) => status)).toEqual(['sent']);
});

test('a status tells the phone number only to who had it or may have it', async () => {
  await using scene = startScene();
  const tino = scene.simulator.customer('+27825550109', { username: 'mai_tino', hidePhone: true });
  await tino.say(NUMBER, 'Hello');
  await scene.post(textMessage('Hello', { to: undefined, recipient: tino.userId }));
  await scene.simulator.settled();
  expect(scene.statuses()[0]).toMatchObject({ recipient_user_id: tino.userId });
  expect(scene.statuses()[0]).not.toHaveProperty('recipient_id');

  await scene.post(textMessage('Hello', { to: tino.phone }));
  await scene.simulator.settled();
  expect(scene.statuses()[2]).toMatchObject({ recipient_id: '27825550109', recipient_user_id: tino.userId });
});

test('a failed status names no contact, and a BSUID only if it was sent to one', async () => {
  await using scene = startScene();
  scene.simulator.trouble.closedWindowAsync(true);
  await scene.post(textMessage());
  await scene.simulator.settled();
  await scene.post(textMessage('Hello', { to: undefined, recipient: scene.tendai.userId }));
  await scene.simulator.settled();

  expect(scene.received.map(({ json }) => json.entry[0]?.changes[0]?.value.contacts)).toEqual([
    undefined,
    undefined,
  ]);
  expect(scene.statuses().map(({ recipient_user_id }) => recipient_user_id)).toEqual([
    undefined,
    scene.tendai.userId,
  ]);
});

test('held back, statuses wait until they are let go', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.pauseStatuses();
  await scene.post(textMessage());
  await scene.simulator.settled();
  expect(scene.statuses()).toBeEmpty();

  await scene.simulator.trouble.resumeStatuses();
  expect(scene.statuses().map(({ status }) => status)).toEqual(['sent', 'delivered']);
});

test('shuffled, statuses never come in the order they happened', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.shuffle(true);
  await scene.post(textMessage());
  await scene.simulator.settled();

  expect(scene.statuses().map(({ status }) => status)).toEqual(['delivered', 'sent']);
});

test('held back and shuffled, all of them come exactly once', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.shuffle(true);
  scene.simulator.trouble.pauseStatuses();
  for (let count = 0; count < 5; count++) {
    await scene.post(textMessage(`Number ${count}`));
  }
  await scene.simulator.settled();
  const before = scene.simulator.sent.flatMap(({ wamid }) => [`${wamid} sent`, `${wamid} delivered`]);
  await scene.simulator.trouble.resumeStatuses();

  const after = scene.statuses().map(({ id, status }) => `${id} ${status}`);
  expect(after).not.toEqual(before);
  expect(after.toSorted()).toEqual(before.toSorted());
});

test('repeated, each status comes as often as told', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.repeat(2);
  await scene.post(textMessage());
  await scene.simulator.settled();

  expect(scene.statuses().map(({ status }) => status)).toEqual(['sent', 'sent', 'delivered', 'delivered']);
});

test('a thousand delivered replies a month are free, the next one is not', async () => {
  const time = { now: Date.UTC(2026, 10, 1) };
  await using scene = startScene({ now: () => time.now });
  for (let count = 0; count < 1001; count++) {
    time.now += 6000;
    if (count % 100 === 0) {
      scene.tendai.write(NUMBER, { type: 'text', text: { body: 'Hi' } });
    }
    await scene.post(textMessage());
  }
  await scene.simulator.settled();

  const delivered = scene.statuses().filter(({ status }) => status === 'delivered');
  expect(delivered.map(({ pricing }) => (pricing as { type: string }).type).toSorted()).toEqual([
    ...Array(1000).fill('free_customer_service'),
    'regular',
  ]);
});
