import { expect, test } from 'bun:test';
import { createHmac } from 'node:crypto';
import { SHOP, startScene } from './fixture.ts';
import { DeliveryRefused, envelope } from './simulator.ts';

const NUMBER = SHOP.phoneNumberId;
const QUICK = { attempts: 4, firstDelay: 1, longestDelay: 2 };

function hmac(bytes: Uint8Array, secret = SHOP.appSecret): string {
  return `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;
}

test("what a customer writes arrives as Meta's webhook", async () => {
  await using scene = startScene();
  const at = Date.UTC(2026, 10, 23, 9, 0, 1, 900);
  const wamid = await scene.tendai.say(NUMBER, 'Mhoro', { at });

  expect(scene.received.map(({ json }) => json as unknown)).toEqual([
    {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: SHOP.wabaId,
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '26386001234', phone_number_id: NUMBER },
                contacts: [
                  { profile: { name: 'Tendai Moyo' }, wa_id: '263771234567', user_id: scene.tendai.userId },
                ],
                messages: [
                  {
                    from: '263771234567',
                    from_user_id: scene.tendai.userId,
                    id: wamid,
                    timestamp: String(Math.floor(at / 1000)),
                    type: 'text',
                    text: { body: 'Mhoro' },
                  },
                ],
              },
            },
          ],
        },
      ],
    },
  ]);
  expect(scene.tendai.userId).toMatch(/^ZW\.\d{20}$/);
});

test('the signature covers the exact bytes, with slashes and everything outside ASCII escaped', async () => {
  await using scene = startScene();
  await scene.tendai.say(NUMBER, 'né / 😀');

  const [delivery] = scene.received;
  expect(delivery?.signature).toBe(hmac(delivery?.bytes ?? Buffer.of()));
  expect(delivery?.bytes.toString('latin1')).toContain('n\\u00e9 \\/ \\ud83d\\ude00');
});

test('who hides the phone number is known by BSUID and username alone', async () => {
  await using scene = startScene();
  const tino = scene.simulator.customer('+27825550109', {
    name: 'Tino',
    username: 'mai_tino',
    hidePhone: true,
  });
  await tino.say(NUMBER, 'Hello');

  expect(scene.received[0]?.bytes.toString()).not.toContain('27825550109');
  expect(scene.received[0]?.json.entry[0]?.changes[0]?.value.contacts).toEqual([
    { profile: { name: 'Tino', username: 'mai_tino' }, user_id: tino.userId },
  ]);
});

test('a quote and another type travel along', async () => {
  await using scene = startScene();
  const first = await scene.tendai.say(NUMBER, 'Mhoro');
  const location = { latitude: -17.86, longitude: 31.03, name: 'Mbare' };
  await scene.tendai.send(NUMBER, { type: 'location', location }, { quote: first });

  expect(scene.received[1]?.json.entry[0]?.changes[0]?.value.messages).toMatchObject([
    { type: 'location', location, context: { from: '26386001234', id: first } },
  ]);
});

test('a delivery is tried again until it is answered 200', async () => {
  await using scene = startScene();
  scene.simulator.trouble.retry(QUICK);
  scene.replies.push(500, 404, 201);

  await scene.tendai.say(NUMBER, 'Mhoro');

  expect(scene.simulator.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, 500],
    [2, 404],
    [3, 201],
    [4, 200],
  ]);
  expect(new Set(scene.received.map(({ bytes }) => bytes.toString())).size).toBe(1);
});

test('a customer learns which answer the webhook stayed with', async () => {
  await using scene = startScene();
  scene.simulator.trouble.retry(QUICK);
  scene.replies.push(503, 503, 503, 401);

  const refusal = await scene.tendai.say(NUMBER, 'Mhoro').catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(DeliveryRefused);
  expect(refusal).toMatchObject({ status: 401 });
  expect(scene.tendai.thread(NUMBER)).toMatchObject([{ status: 'sent' }]);
});

test('retrying can be turned off', async () => {
  await using scene = startScene();
  scene.simulator.trouble.retry(false);
  scene.replies.push(500);

  await expect(scene.tendai.say(NUMBER, 'Mhoro')).rejects.toThrow('500');
  expect(scene.received).toHaveLength(1);
});

test('a webhook that is not there, or has no address, refuses too', async () => {
  await using scene = startScene();
  scene.simulator.addNumber({ ...SHOP, phoneNumberId: '200' });
  scene.simulator.setWebhook(NUMBER, 'http://127.0.0.1:1/');

  const nobody = await scene.tendai.say(NUMBER, 'Mhoro', { retry: false }).catch((error: unknown) => error);

  expect(nobody).toMatchObject({ status: null });
  await expect(scene.tendai.say('200', 'Mhoro')).rejects.toThrow('no webhook address');
});

test('webhooks can come several times, or not at all', async () => {
  await using scene = startScene();
  scene.simulator.trouble.repeat(3);
  await scene.tendai.say(NUMBER, 'Mhoro');
  expect(scene.received).toHaveLength(3);

  scene.simulator.trouble.clear();
  scene.simulator.trouble.losingWebhooks(true);
  await expect(scene.tendai.say(NUMBER, 'Mhoro?')).rejects.toThrow('nothing');
  expect(scene.received).toHaveLength(3);
});

test('a test may deliver any bytes, under any signature', async () => {
  await using scene = startScene();
  const junk = new Uint8Array([0xff, 0x00, 0x7b]);

  expect(await scene.simulator.deliver(NUMBER, junk)).toEqual({ status: 200, body: '' });
  await scene.simulator.deliver(NUMBER, junk, { secret: 'another secret' });
  await scene.simulator.deliver(NUMBER, junk, { signature: 'sha256=00' });
  await scene.simulator.deliver(NUMBER, junk, { signature: null });

  expect(scene.received.map(({ signature }) => signature)).toEqual([
    hmac(junk),
    hmac(junk, 'another secret'),
    'sha256=00',
    null,
  ]);
  expect(scene.received.every(({ bytes }) => bytes.equals(junk))).toBe(true);
});

test('several messages can be written first and delivered in one batch', async () => {
  await using scene = startScene();
  const one = scene.tendai.write(NUMBER, { type: 'text', text: { body: 'One' } });
  const two = scene.tendai.write(NUMBER, { type: 'text', text: { body: 'Two' } });
  const entry = [one, two].flatMap(({ body }) => body.entry);

  await scene.simulator.deliver(NUMBER, { ...envelope(SHOP.wabaId, {}), entry });

  expect(scene.received).toHaveLength(1);
  expect(scene.received[0]?.json.entry).toMatchObject([
    { changes: [{ value: { messages: [{ id: one.wamid }] } }] },
    { changes: [{ value: { messages: [{ id: two.wamid }] } }] },
  ]);
});
