import { and, eq, lte } from 'drizzle-orm';
import { devices } from '#src/db/schema/control.ts';
import { readSideCookie, sideCookie } from './cookie.ts';
import type { DoorServices } from './door-services.ts';
import { hashSecret, newSecret } from './secrets.ts';
import type { Origin } from './sign-in.ts';
import { letterTo } from './tell-owner.ts';

const YEAR_MS = 365 * 24 * 60 * 60_000;

/**
 * Notes that somebody signs in with this browser, and tells them by mail when they never did before; the first
 * browser of all needs no telling. Returns the Set-Cookie value by which it is known the next time.
 */
export async function noteDevice(
  services: Pick<DoorServices, 'config' | 'control' | 'mail' | 'now'>,
  request: Request,
  userId: number,
  { address, agent }: Origin,
): Promise<string> {
  const { control, config, mail, now } = services;
  const at = now();
  const token = readSideCookie(request, 'device', config) ?? newSecret();
  const hash = hashSecret(token);
  const letter = { kind: 'new-device', at, address, agent } as const;
  const isTold = await control.turn(async (commit) => {
    const theirs = eq(devices.userId, userId);
    const [known] = await control.sql
      .select()
      .from(devices)
      .where(and(theirs, eq(devices.hash, hash)))
      .limit(1);
    const [any] = await control.sql.select().from(devices).where(theirs).limit(1);
    const isNew = any !== undefined && known === undefined;
    const letters = isNew ? await letterTo(services, userId, letter) : [];
    await commit('full', [
      control.sql
        .insert(devices)
        .values({ hash, userId, seenAt: at })
        .onConflictDoUpdate({ target: [devices.userId, devices.hash], set: { seenAt: at } }),
      control.sql.delete(devices).where(and(eq(devices.userId, userId), lte(devices.seenAt, at - YEAR_MS))),
      ...letters,
    ]);
    return letters.length > 0;
  });
  if (isTold) {
    mail?.wake();
  }
  return sideCookie('device', token, YEAR_MS, config);
}
