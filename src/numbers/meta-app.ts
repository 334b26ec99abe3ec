import type { Control } from '#src/db/control.ts';
import type { metaApps } from '#src/db/schema/control.ts';
import { secretOf } from '#src/webhooks/routing.ts';

export type MetaApp = typeof metaApps.$inferSelect;

/** How long webhooks signed with a replaced secret are still taken. */
export const PREVIOUS_SECRET_MS = 24 * 60 * 60_000;

type Keys = Pick<Control, 'keys'>;

export function sealSecret({ keys }: Keys, appId: number, secret: string): Uint8Array {
  return keys.seal(secret, secretOf(appId));
}

/** The secret an app signs with. */
export function openSecret({ keys }: Keys, app: Pick<MetaApp, 'id' | 'secret'>): string {
  return keys.openText(app.secret, secretOf(app.id));
}

/** The secret it signed with before, while that is still taken; else null. */
export function openPreviousSecret(
  { keys }: Keys,
  { id, previousSecret, previousUntil }: Pick<MetaApp, 'id' | 'previousSecret' | 'previousUntil'>,
  now: number,
): string | null {
  const isTaken = previousSecret !== null && previousUntil !== null && now < previousUntil;
  return isTaken ? keys.openText(previousSecret, secretOf(id)) : null;
}

/** The path Meta is told to send an app's webhooks to. */
export function webhookPath({ pathKey }: Pick<MetaApp, 'pathKey'>): string {
  return `/webhooks/whatsapp/${pathKey}`;
}
