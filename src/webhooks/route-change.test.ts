import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { routeChange } from './route-change.ts';
import type { Route } from './routing.ts';

const apps = [
  { id: 1, accountId: 10 },
  { id: 2, accountId: 20 },
  { id: 3, accountId: null },
];
const phones = ['p1', 'p2', 'p3'];
const wabas = ['w1', 'w2', 'w3'];

const routing = (routes: Route[]) => ({
  routes: new Map(routes.map((route) => [route.phoneNumberId, route])),
  routesByWaba: Map.groupBy(routes, (route) => route.wabaId),
});

const anyRoute = fc.record({
  phoneNumberId: fc.constantFrom(...phones),
  accountId: fc.constantFrom(10, 20),
  wabaId: fc.constantFrom(...wabas),
  appId: fc.constantFrom(1, 2, 3),
  state: fc.constantFrom('live' as const, 'dropped' as const),
});
const anyRoutes = fc.uniqueArray(anyRoute, { selector: (route) => route.phoneNumberId, maxLength: 3 });
const anyChange = fc.record({
  phoneNumberId: fc.constantFrom(null, 'p9', ...phones),
  entryId: fc.constantFrom('', 'w9', ...wabas),
});

test('a change reaches an account only by a live route that names the app which signed it', () => {
  fc.assert(
    fc.property(anyRoutes, anyChange, fc.constantFrom(...apps), (routes, change, signer) => {
      const destination = routeChange(change, signer, routing(routes));
      if (destination.kind === 'account') {
        const { accountId } = destination;
        const proofs = routes.filter(
          (route) =>
            route.accountId === accountId &&
            route.appId === signer.id &&
            route.state === 'live' &&
            (change.phoneNumberId === null
              ? route.wabaId === change.entryId
              : route.phoneNumberId === change.phoneNumberId),
        );
        expect(proofs).not.toEqual([]);
        expect([null, accountId]).toContain(signer.accountId);
      }
    }),
  );
});

const live: Route = { phoneNumberId: 'p1', accountId: 10, wabaId: 'w1', appId: 3, state: 'live' };
const operator = { id: 3, accountId: null };

test('a phone number id decides alone, whatever the entry says', () => {
  const other: Route = { ...live, phoneNumberId: 'p2', accountId: 20, wabaId: 'w2' };
  const change = { phoneNumberId: 'p1', entryId: 'w2' };
  expect(routeChange(change, operator, routing([live, other]))).toEqual({ kind: 'account', accountId: 10 });
});

test('a WABA that leads to two accounts leads to neither', () => {
  const other: Route = { ...live, phoneNumberId: 'p2', accountId: 20 };
  const change = { phoneNumberId: null, entryId: 'w1' };
  expect(routeChange(change, operator, routing([live]))).toEqual({ kind: 'account', accountId: 10 });
  expect(routeChange(change, operator, routing([live, other]))).toEqual({ kind: 'unrouted' });
});

test('a number that was given up drops its changes, and only those of its own app', () => {
  const dropped: Route = { ...live, state: 'dropped' };
  const change = { phoneNumberId: 'p1', entryId: 'w1' };
  expect(routeChange(change, operator, routing([dropped]))).toEqual({ kind: 'dropped' });
  expect(routeChange(change, { id: 2, accountId: 20 }, routing([dropped]))).toEqual({ kind: 'unrouted' });
});
