import type { MetaApp, Route, Routing } from './routing.ts';

export type Destination =
  | { kind: 'account'; accountId: number }
  /** Nobody has connected this number to the app that signed: kept under the app, no account is touched. */
  | { kind: 'unrouted' }
  /** The account has given the number up: answered, and not stored. */
  | { kind: 'dropped' };

/**
 * Where a change belongs. A signature proves an app, not a number: the route must name the app that signed.
 * A phone number id decides alone; only a change without one goes by its WABA, and only when that leads to
 * one account.
 */
export function routeChange(
  change: { phoneNumberId: string | null; entryId: string },
  signer: Pick<MetaApp, 'id' | 'accountId'>,
  routing: Pick<Routing, 'routes' | 'routesByWaba'>,
): Destination {
  const candidates =
    change.phoneNumberId === null
      ? (routing.routesByWaba.get(change.entryId) ?? [])
      : [routing.routes.get(change.phoneNumberId)].filter((route) => route !== undefined);
  const served = candidates.filter((route) => isServedBy(route, signer));
  const live = new Set(served.filter((route) => route.state === 'live').map((route) => route.accountId));
  const [accountId] = live;
  if (live.size === 1 && accountId !== undefined) {
    return { kind: 'account', accountId };
  } else {
    return { kind: live.size === 0 && served.length > 0 ? 'dropped' : 'unrouted' };
  }
}

/** An app of one account never reaches another, even if a route said so. */
function isServedBy(route: Route, signer: Pick<MetaApp, 'id' | 'accountId'>): boolean {
  return route.appId === signer.id && (signer.accountId === null || signer.accountId === route.accountId);
}
