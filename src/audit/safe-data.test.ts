import { expect, test } from 'bun:test';
import { HIDDEN, safeData } from './safe-data.ts';

test('what was noted is shown as it is', () => {
  const data = {
    name: 'Web shop',
    before: { state: 'live', paused_for: null },
    after: { scopes: ['messages.send'], needs_second_factor: true, attempts: 3 },
    replaced: ['access_token'],
  };
  expect(safeData(JSON.stringify(data))).toEqual(data);
});

test('a secret, or words of a customer, that were noted by mistake are not', () => {
  const canary = 'CANARY';
  const data = {
    access_token: canary,
    key: canary,
    text: canary,
    after: { app_secret: canary, passwordHash: canary, deep: [{ body: canary, recovery_codes: [canary] }] },
    before: { password: true, token: null },
  };
  const safe = safeData(JSON.stringify(data));
  expect(JSON.stringify(safe)).not.toContain(canary);
  expect(safe).toMatchObject({ access_token: HIDDEN, before: { password: true, token: null } });
});

test('what cannot be read is nothing', () => {
  for (const text of ['', 'null', '[1]', '{', '7']) {
    expect(safeData(text)).toEqual({});
  }
});
