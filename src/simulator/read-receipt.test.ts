import { expect, test } from 'bun:test';
import { SHOP, startScene, textMessage, wamidOf } from './fixture.ts';

const NUMBER = SHOP.phoneNumberId;
const read = (message_id: unknown, more = {}) => ({
  messaging_product: 'whatsapp',
  status: 'read',
  message_id,
  ...more,
});

test('a read receipt marks that message and the earlier ones, not the later ones', async () => {
  await using scene = startScene();
  const at = Date.now() - 10_000;
  await scene.tendai.say(NUMBER, 'One', { at });
  const two = await scene.tendai.say(NUMBER, 'Two', { at: at + 1000 });
  await scene.tendai.say(NUMBER, 'Three', { at: at + 2000 });

  expect(await scene.post(read(two))).toEqual({ status: 200, body: { success: true } });
  expect(scene.tendai.thread(NUMBER).map(({ status }) => status)).toEqual(['read', 'read', 'delivered']);
});

test.each([
  ['an unknown message', read('wamid.unknown'), 100],
  ['no message', read(undefined), 131008],
  ['another status', read('wamid.unknown', { status: 'delivered' }), 100],
  ['a recipient', read('wamid.unknown', { to: '+263771234567' }), 100],
  ['another kind of typing', read('wamid.unknown', { typing_indicator: { type: 'voice' } }), 100],
])('a read receipt with %s is refused', async (_name, body, code) => {
  await using scene = startScene();

  expect((await scene.post(body)).body.error?.code).toBe(code);
});

test('what the business wrote itself cannot be marked as read by it', async () => {
  await using scene = startScene();
  await scene.tendai.say(NUMBER, 'Mhoro');
  const own = wamidOf(await scene.post(textMessage()));

  expect((await scene.post(read(own))).status).toBe(400);
});

test('typing shows on the phone until the business writes', async () => {
  await using scene = startScene();
  const wamid = await scene.tendai.say(NUMBER, 'Mhoro');
  const page = async () => (await fetch(`${scene.simulator.phoneUrl}/${scene.tendai.waId}`)).text();

  await scene.post(read(wamid, { typing_indicator: { type: 'text' } }));
  expect(await page()).toContain('typing…');
  await scene.post(textMessage());
  expect(await page()).not.toContain('typing…');
});
