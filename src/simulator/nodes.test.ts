import { expect, test } from 'bun:test';
import { SHOP, startScene } from './fixture.ts';
import type { Simulator } from './simulator.ts';

async function get(simulator: Simulator, path: string, token = SHOP.accessToken) {
  const response = await fetch(simulator.url + path, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: await response.json() };
}

test('a number shows the fields that were asked for and its id', async () => {
  await using scene = startScene();
  const fields = 'display_phone_number,verified_name,quality_rating,status';

  expect(await get(scene.simulator, `/v25.0/${SHOP.phoneNumberId}?fields=${fields}`)).toEqual({
    status: 200,
    body: {
      id: SHOP.phoneNumberId,
      display_phone_number: SHOP.displayPhoneNumber,
      verified_name: SHOP.verifiedName,
      quality_rating: 'GREEN',
      status: 'CONNECTED',
    },
  });
});

test('a field that does not exist is refused', async () => {
  await using scene = startScene();

  const answer = await get(scene.simulator, `/v25.0/${SHOP.phoneNumberId}?fields=colour`);

  expect(answer).toMatchObject({ status: 400, body: { error: { code: 100 } } });
});

test('a WABA is read and lists its numbers, but only with a token of its own', async () => {
  await using scene = startScene();
  const { simulator } = scene;
  simulator.addNumber({ ...SHOP, phoneNumberId: '200', wabaId: '300', accessToken: 'token-of-another' });

  expect((await get(simulator, `/v25.0/${SHOP.wabaId}?fields=id,name`)).body).toEqual({
    id: SHOP.wabaId,
    name: SHOP.verifiedName,
  });
  expect((await get(simulator, `/v25.0/${SHOP.wabaId}/phone_numbers?fields=id`)).body).toMatchObject({
    data: [{ id: SHOP.phoneNumberId }],
  });
  expect(await get(simulator, `/v25.0/${SHOP.wabaId}/phone_numbers`, 'token-of-another')).toMatchObject({
    status: 400,
    body: { error: { code: 100, error_subcode: 33 } },
  });
});

test('a token is explained, and says when it has ended', async () => {
  await using scene = startScene();
  const path = `/v25.0/debug_token?input_token=${SHOP.accessToken}&access_token=app|${SHOP.appSecret}`;

  expect((await get(scene.simulator, path)).body).toMatchObject({
    data: { is_valid: true, granular_scopes: [{ target_ids: [SHOP.wabaId] }, { target_ids: [SHOP.wabaId] }] },
  });
  scene.simulator.trouble.expireToken(SHOP.phoneNumberId);
  expect((await get(scene.simulator, path)).body).toMatchObject({ data: { is_valid: false, scopes: [] } });
});

test('subscribing with another address shakes hands with it first', async () => {
  await using scene = startScene();
  const path = `/v25.0/${SHOP.wabaId}/subscribed_apps`;
  const override_callback_uri = `${scene.webhookUrl}/elsewhere`;

  const refused = await scene.post({ override_callback_uri, verify_token: 'wrong' }, path);
  const accepted = await scene.post({ override_callback_uri, verify_token: SHOP.verifyToken }, path);

  expect(refused).toMatchObject({ status: 400, body: { error: { code: 2200 } } });
  expect(accepted).toEqual({ status: 200, body: { success: true } });
  expect((await get(scene.simulator, path)).body).toMatchObject({ data: [{ override_callback_uri }] });
});

test('the handshake tells whether the webhook knows its token', async () => {
  await using scene = startScene();
  scene.simulator.addNumber({
    ...SHOP,
    phoneNumberId: '200',
    webhookUrl: scene.webhookUrl,
    verifyToken: 'wrong',
  });

  expect(await scene.simulator.handshake(SHOP.phoneNumberId)).toBe(true);
  expect(await scene.simulator.handshake('200')).toBe(false);
});
