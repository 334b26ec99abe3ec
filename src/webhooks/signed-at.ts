import { eq } from 'drizzle-orm';
import { metaApps } from '#src/db/schema/control.ts';
import type { MetaApp } from './routing.ts';
import type { WebhookServices } from './webhook-services.ts';

const NOTE_EVERY_MS = 10 * 60_000;

/** Remembers when an app last signed: those that did last are tried first where a body names no known number. */
export function noteSigned(
  { control, now, log }: Pick<WebhookServices, 'control' | 'now' | 'log'>,
  app: MetaApp,
): void {
  const at = now();
  if (Math.abs(at - app.usedAt) >= NOTE_EVERY_MS) {
    app.usedAt = at;
    control
      .write('normal', [control.sql.update(metaApps).set({ signedAt: at }).where(eq(metaApps.id, app.id))])
      .catch((error) => log.warn({ app: app.id, err: error }, 'when an app last signed was not noted'));
  }
}
