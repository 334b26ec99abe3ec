import { expect, test } from 'bun:test';
import type { MetaApp, Routing } from './routing.ts';
import { readSignature } from './signature.ts';
import { appsToTry, findSigner } from './signing-app.ts';
import { sign } from './testing.ts';

const app = (id: number, more: Partial<MetaApp> = {}): MetaApp => ({
  id,
  accountId: id,
  pathKey: `key-${id}`,
  secret: `secret-of-app-${id}`,
  previous: null,
  verifyTokenHash: '',
  usedAt: id,
  ...more,
});
const apps = Array.from({ length: 12 }, (_, index) => app(index + 1));
const route = { phoneNumberId: '555', accountId: 1, wabaId: '777', appId: 1, state: 'live' as const };
const routing: Routing = {
  apps,
  appsByKey: new Map(),
  appsById: new Map(apps.map((one) => [one.id, one])),
  routes: new Map([['555', route]]),
  routesByWaba: new Map([['777', [route]]]),
};
const nothing = { phoneNumberIds: new Set<string>(), entryIds: new Set<string>() };
const body = new TextEncoder().encode('{}');
const signedBy = (secret: string) => readSignature(sign(body, secret)) ?? new Uint8Array();

test('the app that serves a named number or WABA is tried first, then those that signed last; eight at most', () => {
  const ids = (mentioned: Partial<typeof nothing>) =>
    appsToTry(routing, { ...nothing, ...mentioned }).map(({ id }) => id);
  expect(ids({ phoneNumberIds: new Set(['555']) })).toEqual([1, 12, 11, 10, 9, 8, 7, 6]);
  expect(ids({ entryIds: new Set(['777']) })).toEqual([1, 12, 11, 10, 9, 8, 7, 6]);
  expect(ids({ entryIds: new Set(['778']) })).toEqual([12, 11, 10, 9, 8, 7, 6, 5]);
});

test('a replaced secret counts until its time is over', () => {
  const rotated = app(1, { previous: { secret: 'the-secret-before', until: 1_000 } });
  expect(findSigner([rotated], body, signedBy('the-secret-before'), 999)).toBe(rotated);
  expect(findSigner([rotated], body, signedBy('the-secret-before'), 1_000)).toBeNull();
  expect(findSigner([rotated], body, signedBy('secret-of-app-1'), 1_000)).toBe(rotated);
});

test('no more than eight secrets are tried, predecessors counted', () => {
  const rotated = apps.map((one) => ({ ...one, previous: { secret: 'old', until: 10 } }));
  expect(findSigner(rotated, body, signedBy('secret-of-app-4'), 0)?.id).toBe(4);
  expect(findSigner(rotated, body, signedBy('secret-of-app-5'), 0)).toBeNull();
});
