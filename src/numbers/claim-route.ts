import { eq } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Commit, Statement } from '#src/db/database.ts';
import { metaApps, routes } from '#src/db/schema/control.ts';
import { Invalid } from '#src/errors.ts';
import { hashSecret, isSameSecret, newSecret } from '#src/sessions/secrets.ts';
import { type MetaApp, openPreviousSecret, openSecret, PREVIOUS_SECRET_MS, sealSecret } from './meta-app.ts';

export type Claim = {
  accountId: number;
  phoneNumberId: string;
  wabaId: string;
  appSecret: string;
  verifyToken: string;
  now: number;
};

export type Claimed = {
  app: MetaApp;
  isNew: boolean;
  /** What a known app is now connected with instead of what it was, by name. */
  replaced: ('app_secret' | 'verify_token')[];
};

const PATH_KEY_BYTES = 24;

/** Throws `Invalid` when the number or the secret cannot be this account's. */
export async function checkClaim(control: Control, claim: Claim): Promise<void> {
  await loadClaimed(control, claim);
}

/**
 * Makes webhooks for the number reach the account, signed by the app whose secret this is: a known app of the
 * account, its app with a new secret, or a new app. Runs in a turn of control.db. Throws `Invalid`.
 */
export async function claimRoute(control: Control, commit: Commit, claim: Claim): Promise<Claimed> {
  const { accountId, phoneNumberId, wabaId } = claim;
  const known = await loadClaimed(control, claim);
  const { statement, ...claimed } = known ? renewed(control, known, claim) : made(control, claim);
  const { app } = claimed;

  const target = { accountId, wabaId, appId: app.id, state: 'live' as const };
  await commit('full', [
    statement,
    control.sql
      .insert(routes)
      .values({ phoneNumberId, ...target })
      .onConflictDoUpdate({ target: routes.phoneNumberId, set: target }),
  ]);
  return claimed;
}

/** The account's app that the claim is about: the one with this secret, else the one that serves the number now. */
async function loadClaimed(control: Control, claim: Claim): Promise<MetaApp | undefined> {
  const [route] = await control.sql
    .select()
    .from(routes)
    .where(eq(routes.phoneNumberId, claim.phoneNumberId))
    .limit(1);
  if (route && route.accountId !== claim.accountId) {
    throw new Invalid({
      phone_number_id: 'This number is already connected to another account of this server.',
    });
  }
  const apps = await control.sql.select().from(metaApps);
  const serving = apps.find((app) => app.id === route?.appId);
  refuseSecretOfAnother(control, apps, serving, claim);
  return apps.find((app) => isSecretOf(control, app, claim)) ?? serving;
}

/** A secret proves one app, and an app belongs to one account: else its webhooks could be taken for another's. */
function refuseSecretOfAnother(
  control: Control,
  apps: readonly MetaApp[],
  serving: MetaApp | undefined,
  claim: Claim,
): void {
  const isForeign = (app: MetaApp) => app.accountId !== claim.accountId;
  if (
    apps.some(
      (app) => isForeign(app) && (isSecretOf(control, app, claim) || wasSecretOf(control, app, claim)),
    )
  ) {
    throw new Invalid({
      app_secret:
        'This app secret belongs to another account of this server. Use the app of your own business.',
    });
  }
  if (apps.some((app) => app.id !== serving?.id && wasSecretOf(control, app, claim))) {
    throw new Invalid({ app_secret: 'This app secret was replaced by a newer one. Give the newer one.' });
  }
}

function isSecretOf(control: Control, app: MetaApp, { appSecret }: Claim): boolean {
  return isSameSecret(openSecret(control, app), appSecret);
}

function wasSecretOf(control: Control, app: MetaApp, { appSecret, now }: Claim): boolean {
  const previous = openPreviousSecret(control, app, now);
  return previous !== null && isSameSecret(previous, appSecret);
}

type Change = Claimed & { statement: Statement };

/** A known app with the verify token given; a secret that is new replaces the old one, which goes on for a day. */
function renewed(control: Control, app: MetaApp, { appSecret, verifyToken, now }: Claim): Change {
  const isSame = isSameSecret(openSecret(control, app), appSecret);
  const secrets = isSame
    ? {}
    : {
        secret: sealSecret(control, app.id, appSecret),
        previousSecret: app.secret,
        previousUntil: now + PREVIOUS_SECRET_MS,
      };
  const change = { verifyTokenHash: hashSecret(verifyToken), ...secrets };
  return {
    app: { ...app, ...change },
    isNew: false,
    replaced: [
      ...(isSame ? [] : (['app_secret'] as const)),
      ...(change.verifyTokenHash === app.verifyTokenHash ? [] : (['verify_token'] as const)),
    ],
    statement: control.sql.update(metaApps).set(change).where(eq(metaApps.id, app.id)),
  };
}

function made(control: Control, { accountId, appSecret, verifyToken, now }: Claim): Change {
  const id = control.nextId();
  const app: MetaApp = {
    id,
    accountId,
    pathKey: newSecret(PATH_KEY_BYTES),
    appId: null,
    secret: sealSecret(control, id, appSecret),
    previousSecret: null,
    previousUntil: null,
    verifyTokenHash: hashSecret(verifyToken),
    createdAt: now,
    signedAt: null,
  };
  return { app, isNew: true, replaced: [], statement: control.sql.insert(metaApps).values(app) };
}
