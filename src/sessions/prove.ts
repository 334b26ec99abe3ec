import { eq } from 'drizzle-orm';
import { users } from '#src/db/schema/control.ts';
import type { DoorServices } from './door-services.ts';
import { storeOf } from './find-session.ts';
import { isPassword } from './passwords.ts';
import { spendCode } from './spend-code.ts';
import { record, type Self } from './tell-owner.ts';

/** Whether this is their password. */
export async function isOwnPassword(
  { control }: DoorServices,
  userId: number,
  password: string,
): Promise<boolean> {
  const [user] = await control.sql
    .select({ hash: users.passwordHash })
    .from(users)
    .where(eq(users.id, userId))
    .limit(1);
  return isPassword(password, user?.hash ?? null);
}

/** Whether this code is theirs and was not used yet; now it is. */
export async function useOwnCode(
  { control, now }: DoorServices,
  userId: number,
  typed: string,
): Promise<boolean> {
  return control.turn(async (commit) => {
    const spent = await spendCode(control, { userId, typed, now: now() });
    await commit('full', spent ?? []);
    return spent !== null;
  });
}

/**
 * Somebody has just proven who they are: their session gets a new token, which is returned, and the old one is dead.
 * Null when the session has ended meanwhile.
 */
export async function renewProven(
  services: DoorServices,
  { viewer, sessionHash }: { viewer: Self; sessionHash: string },
  means: 'password' | 'code' | 'passkey',
): Promise<string | null> {
  await record(services, viewer, 'session.proven', { means });
  return storeOf(services).renew(sessionHash);
}
