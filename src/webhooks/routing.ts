import type { Control } from '#src/db/control.ts';
import { metaApps, routes } from '#src/db/schema/control.ts';

/** A Meta app with its secrets open: kept in memory only. */
export type MetaApp = {
  id: number;
  /** Null: the operator's, which may serve several accounts. */
  accountId: number | null;
  pathKey: string;
  secret: string;
  previous: { secret: string; until: number } | null;
  verifyTokenHash: string;
  /** When it last signed something or was added. */
  usedAt: number;
};

export type Route = typeof routes.$inferSelect;

/** Which apps may sign, and where each number leads. */
export type Routing = {
  apps: readonly MetaApp[];
  appsByKey: ReadonlyMap<string, MetaApp>;
  appsById: ReadonlyMap<number, MetaApp>;
  routes: ReadonlyMap<string, Route>;
  routesByWaba: ReadonlyMap<string, readonly Route[]>;
};

const kept = new WeakMap<Control, Promise<Routing>>();

/** The routing as last read: webhooks are too many to read it for each. */
export function routingOf(control: Control): Promise<Routing> {
  const known = kept.get(control);
  if (known) {
    return known;
  }
  const loading = loadRouting(control);
  kept.set(control, loading);
  loading.catch(() => kept.delete(control));
  return loading;
}

/** To be called after every change of `meta_apps` and `routes`: the next webhook reads them anew. */
export function forgetRouting(control: Control): void {
  kept.delete(control);
}

async function loadRouting(control: Control): Promise<Routing> {
  const apps = (await control.sql.select().from(metaApps)).map((row) => openApp(control, row));
  const all = await control.sql.select().from(routes);
  return {
    apps,
    appsByKey: new Map(apps.map((app) => [app.pathKey, app])),
    appsById: new Map(apps.map((app) => [app.id, app])),
    routes: new Map(all.map((route) => [route.phoneNumberId, route])),
    routesByWaba: Map.groupBy(all, (route) => route.wabaId),
  };
}

function openApp(control: Control, row: typeof metaApps.$inferSelect): MetaApp {
  const { id, accountId, pathKey, secret, previousSecret, previousUntil, verifyTokenHash } = row;
  const open = (sealed: Uint8Array) => control.keys.openText(sealed, secretOf(id));
  return {
    id,
    accountId,
    pathKey,
    secret: open(secret),
    previous:
      previousSecret && previousUntil !== null
        ? { secret: open(previousSecret), until: previousUntil }
        : null,
    verifyTokenHash,
    usedAt: Math.max(row.createdAt, row.signedAt ?? 0),
  };
}

/** What an app secret is sealed for, the current one and its predecessor alike. */
export function secretOf(appId: number): string {
  return `meta_apps.secret:${appId}`;
}
