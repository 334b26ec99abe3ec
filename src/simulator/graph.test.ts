import { expect, test } from 'bun:test';
import { SHOP, startScene, TENDAI, textMessage, wamidOf } from './fixture.ts';

const MESSAGES = `/v25.0/${SHOP.phoneNumberId}/messages`;

test('a message is accepted with the ids of message and customer', async () => {
  await using scene = startScene();
  await scene.tendai.say(SHOP.phoneNumberId, 'Mhoro');

  const answer = await scene.post(textMessage());

  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    messaging_product: 'whatsapp',
    contacts: [{ input: TENDAI, wa_id: '263771234567', user_id: scene.tendai.userId }],
    messages: [{ id: expect.stringMatching(/^wamid\.[A-Za-z0-9+/]+=*$/), message_status: 'accepted' }],
  });
  expect(scene.simulator.sent).toMatchObject([
    { wamid: wamidOf(answer), phoneNumberId: SHOP.phoneNumberId, body: textMessage() },
  ]);
  expect(scene.simulator.requests).toMatchObject([
    { method: 'POST', path: MESSAGES, status: 200, body: textMessage(), wamid: wamidOf(answer) },
  ]);
});

test('a BSUID is a recipient too, and its answer has no phone number', async () => {
  await using scene = startScene();
  await scene.tendai.say(SHOP.phoneNumberId, 'Mhoro');

  const { body } = await scene.post(textMessage('Hello', { to: undefined, recipient: scene.tendai.userId }));

  expect(body.contacts).toEqual([{ input: scene.tendai.userId, user_id: scene.tendai.userId }]);
});

const OTHER = { ...SHOP, phoneNumberId: '200', wabaId: '300', accessToken: 'token-of-another' };

test.each([
  ['without a token', undefined, MESSAGES, 401, 190, undefined],
  ['with a scheme that is not Bearer', `Basic ${SHOP.accessToken}`, MESSAGES, 401, 190, undefined],
  ['with an unknown token', 'Bearer nobody', MESSAGES, 401, 190, undefined],
  ['with the token of another number', `Bearer ${OTHER.accessToken}`, MESSAGES, 400, 100, 33],
  ['for an unknown number', `Bearer ${SHOP.accessToken}`, '/v25.0/999/messages', 400, 100, 33],
  [
    'without a version',
    `Bearer ${SHOP.accessToken}`,
    `/latest/${SHOP.phoneNumberId}/messages`,
    400,
    2500,
    undefined,
  ],
  [
    'on an edge that does not exist',
    `Bearer ${SHOP.accessToken}`,
    `/v25.0/${SHOP.phoneNumberId}/letters`,
    400,
    100,
    33,
  ],
])('a request %s is refused', async (_name, authorization, path, status, code, subcode) => {
  await using scene = startScene();
  scene.simulator.addNumber(OTHER);
  await scene.tendai.say(SHOP.phoneNumberId, 'Mhoro');

  const response = await fetch(scene.simulator.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
    body: JSON.stringify(textMessage()),
  });
  const { error } = (await response.json()) as { error: Record<string, unknown> };

  expect(response.status).toBe(status);
  expect(error).toMatchObject({ code, fbtrace_id: expect.any(String), message: expect.any(String) });
  expect(error.error_subcode).toBe(subcode);
  expect(scene.simulator.sent).toBeEmpty();
});

test.each([
  ['a body that is no JSON', '{"messaging_product":', 100],
  ['a body that is no object', '["hello"]', 100],
  ['no product', textMessage('Hello', { messaging_product: undefined }), 100],
  ['another product', textMessage('Hello', { messaging_product: 'telegram' }), 100],
  ['no recipient', textMessage('Hello', { to: undefined }), 100],
  ['a phone number without a plus', textMessage('Hello', { to: '263771234567' }), 100],
  ['a phone number with spaces', textMessage('Hello', { to: '+263 77 123 4567' }), 100],
  ['a phone number as a JSON number', textMessage('Hello', { to: 263771234567 }), 100],
  ['a recipient that is no BSUID', textMessage('Hello', { to: undefined, recipient: TENDAI }), 100],
  ['the business itself as recipient', textMessage('Hello', { to: '+26386001234' }), 131021],
  ['a group', textMessage('Hello', { recipient_type: 'group' }), 100],
  ['no type', textMessage('Hello', { type: undefined }), 131008],
  ['an unknown type', textMessage('Hello', { type: 'telegram' }), 100],
  ['an undocumented key', textMessage('Hello', { textt: {} }), 100],
  ['the object of another type beside its own', textMessage('Hello', { image: { id: '1' } }), 100],
  ['a quote of nothing', textMessage('Hello', { context: { message_id: 'wamid.unknown' } }), 131009],
  ['a quote without an id', textMessage('Hello', { context: {} }), 131008],
  ['opaque data that is too long', textMessage('Hello', { biz_opaque_callback_data: 'x'.repeat(513) }), 100],
  ['opaque data that is no text', textMessage('Hello', { biz_opaque_callback_data: 7 }), 100],
])('%s is refused', async (_name, body, code) => {
  await using scene = startScene();
  await scene.tendai.say(SHOP.phoneNumberId, 'Mhoro');

  const answer = await scene.post(body);

  expect(answer).toMatchObject({ status: 400, body: { error: { code, type: 'OAuthException' } } });
  expect(scene.simulator.sent).toBeEmpty();
});

test('the refusal of a number without a plus says what Meta would have done', async () => {
  await using scene = startScene();

  const { body } = await scene.post(textMessage('Hello', { to: '771234567' }));

  expect(body.error?.error_data?.details).toContain('country code');
});

test('a message needs JSON as its content type', async () => {
  await using scene = startScene();

  const response = await fetch(scene.simulator.url + MESSAGES, {
    method: 'POST',
    headers: { authorization: `Bearer ${SHOP.accessToken}`, 'content-type': 'text/plain' },
    body: JSON.stringify(textMessage()),
  });

  expect(response.status).toBe(400);
});
