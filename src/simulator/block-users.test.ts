import { expect, test } from 'bun:test';
import { type GraphAnswer, post, SHOP, startScene, TENDAI, textMessage } from './fixture.ts';

const path = `/v25.0/${SHOP.phoneNumberId}/block_users`;
const users = (...block_users: object[]) => ({ messaging_product: 'whatsapp', block_users });
const codeOf = ({ status, body }: GraphAnswer) => [status, body.error?.code];

test('who has written is blocked, and is sent nothing until the block is taken back', async () => {
  await using scene = startScene();
  scene.tendai.write(SHOP.phoneNumberId, { type: 'text', text: { body: 'Hello' } });
  expect(await scene.post(users({ user: TENDAI }), path)).toMatchObject({
    status: 200,
    body: { block_users: { added_users: [{ input: TENDAI }] } },
  });
  expect(codeOf(await scene.post(textMessage()))).toEqual([400, 130403]);

  const answer = await fetch(scene.simulator.url + path, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${SHOP.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(users({ user_id: scene.tendai.userId })),
  });
  expect(await answer.json()).toMatchObject({
    block_users: { removed_users: [{ input: scene.tendai.userId }] },
  });
  expect((await scene.post(textMessage())).status).toBe(200);
});

test('who has not written for a day fails alone, with code 139100', async () => {
  await using scene = startScene();
  const rudo = scene.simulator.customer('+263771000001', { name: 'Rudo' });
  rudo.write(SHOP.phoneNumberId, { type: 'text', text: { body: 'Hello' } });
  const answer = await scene.post(users({ user: rudo.phone }, { user: TENDAI }), path);
  expect(codeOf(answer)).toEqual([400, 139100]);
  expect(answer.body.block_users).toMatchObject({
    added_users: [{ input: rudo.phone }],
    failed_users: [{ input: TENDAI, errors: [{ code: 131047 }] }],
  });
});

test('a body that is not to the letter is refused', async () => {
  await using scene = startScene();
  for (const [body, code] of [
    [users({ user: TENDAI.slice(1) }), 100],
    [users({ user_id: 'ZW.ENT.1' }), 100],
    [users({ user: TENDAI, name: 'Tendai' }), 100],
    [users(), 100],
    [{ block_users: [{ user: TENDAI }], reason: 'spam' }, 100],
  ] as const) {
    expect(codeOf(await post(scene.simulator, body, path))).toEqual([400, code]);
  }
});
