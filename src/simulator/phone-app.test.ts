import { expect, test } from 'bun:test';
import { type GraphAnswer, SHOP, startScene } from './fixture.ts';

const HOUR = 3_600_000;
const path = `/v25.0/${SHOP.phoneNumberId}/smb_app_data`;
const ask = (sync_type: string) => ({ messaging_product: 'whatsapp', sync_type });
const codeOf = ({ status, body }: GraphAnswer) => [status, body.error?.code];

test('a phone hands over its contacts and its history once each, the history in phases by age', async () => {
  const now = Date.UTC(2026, 10, 22, 12);
  await using scene = startScene({ now: () => now });
  const messages = [1, 48, 200 * 24, 100 * 24].map((hours) => ({
    from: 'customer' as const,
    text: `${hours} hours ago`,
    at: now - hours * HOUR,
  }));
  scene.simulator.putOnPhone(SHOP.phoneNumberId, {
    contacts: [{ name: 'Rudo', phone: '+263771000001' }],
    chats: [{ phone: '+263771000001', messages }],
  });
  for (const sync_type of ['smb_app_state_sync', 'history']) {
    expect(await scene.post(ask(sync_type), path)).toMatchObject({
      status: 200,
      body: { messaging_product: 'whatsapp', request_id: expect.any(String) },
    });
    expect(codeOf(await scene.post(ask(sync_type), path))).toEqual([400, 2593107]);
  }
  await scene.simulator.settled();
  const changes = scene.received.flatMap(({ json }) => json.entry.flatMap((entry) => entry.changes));
  expect(changes.map(({ field }) => field).toSorted()).toEqual([
    'history',
    'history',
    'history',
    'smb_app_state_sync',
  ]);
  const texts = changes
    .filter(({ field }) => field === 'history')
    .map(({ value }) => JSON.stringify(value).match(/\d+ hours ago/g));
  expect(texts).toEqual([['1 hours ago'], ['48 hours ago'], ['2400 hours ago']]);
});

test('it is refused after a day, for a number on no phone, and for a body that is not to the letter', async () => {
  await using scene = startScene();
  expect(codeOf(await scene.post(ask('history'), path))).toEqual([400, 100]);
  scene.simulator.putOnPhone(SHOP.phoneNumberId, { onboardedAt: Date.now() - 25 * HOUR });
  expect(codeOf(await scene.post(ask('history'), path))).toEqual([400, 2593108]);
  scene.simulator.putOnPhone(SHOP.phoneNumberId);
  expect(codeOf(await scene.post(ask('everything'), path))).toEqual([400, 100]);
  expect(codeOf(await scene.post({ sync_type: 'history' }, path))).toEqual([400, 131008]);
  expect(codeOf(await scene.post({ ...ask('history'), days: 90 }, path))).toEqual([400, 100]);
  expect(scene.received).toEqual([]);
});
