import type { MentionedIds } from './mentioned-ids.ts';
import type { MetaApp, Routing } from './routing.ts';
import { isSignedWith } from './signature.ts';

const MOST_SECRETS = 8;

/**
 * The apps whose secrets to try for a body that came without a path key: those that serve the numbers it seems
 * to name, then those that signed or were added last.
 */
export function appsToTry(routing: Routing, { phoneNumberIds, entryIds }: MentionedIds): MetaApp[] {
  const named = new Set<MetaApp>();
  const serving = [
    ...[...phoneNumberIds].flatMap((id) => routing.routes.get(id) ?? []),
    ...[...entryIds].flatMap((id) => routing.routesByWaba.get(id) ?? []),
  ];
  for (const { appId } of serving) {
    const app = routing.appsById.get(appId);
    if (app) {
      named.add(app);
    }
  }
  const others = routing.apps.filter((app) => !named.has(app)).sort((a, b) => b.usedAt - a.usedAt);
  return [...named, ...others].slice(0, MOST_SECRETS);
}

/** The app that signed these bytes. A predecessor of its secret counts until its time is over; 8 secrets are tried at most. */
export function findSigner(
  apps: readonly MetaApp[],
  raw: Uint8Array,
  signature: Uint8Array,
  now: number,
): MetaApp | null {
  let tried = 0;
  for (const app of apps) {
    for (const secret of secretsOf(app, now)) {
      if (tried === MOST_SECRETS) {
        return null;
      } else if (isSignedWith(secret, raw, signature)) {
        return app;
      }
      tried += 1;
    }
  }
  return null;
}

function secretsOf({ secret, previous }: MetaApp, now: number): string[] {
  return previous !== null && now < previous.until ? [secret, previous.secret] : [secret];
}
