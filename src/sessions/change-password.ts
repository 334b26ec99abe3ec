import { eq } from 'drizzle-orm';
import { accounts, users } from '#src/db/schema/control.ts';
import { Invalid } from '#src/errors.ts';
import { withdrawLinksOf } from '#src/people/links.ts';
import { changeCredentials } from './credentials.ts';
import type { DoorServices } from './door-services.ts';
import { hashPassword, isPassword, whyWeak } from './passwords.ts';
import { letterTo, record, type Self } from './tell-owner.ts';

const WRONG = 'That is not your password. Check it and try again.';
const SAME = 'It is the one you have. Choose another password.';

type Change = { oldPassword: string; newPassword: string };

/**
 * Gives somebody a new password for the old one; all their other sessions end, and links that were asked for in their
 * name: for another address, for a new password. Throws `Invalid` (`old_password`, `new_password`). The caller slows
 * guessing down.
 */
export async function changePassword(
  services: DoorServices,
  { viewer, sessionHash }: { viewer: Self; sessionHash: string },
  { oldPassword, newPassword }: Change,
): Promise<void> {
  const { control, now, mail } = services;
  const { userId } = viewer;
  const [user] = await control.sql.select().from(users).where(eq(users.id, userId)).limit(1);
  if (!(await isPassword(oldPassword, user?.passwordHash ?? null)) || !user) {
    throw new Invalid({ old_password: WRONG });
  }
  const [account] = await control.sql
    .select()
    .from(accounts)
    .where(eq(accounts.id, viewer.accountId))
    .limit(1);
  const known = [account?.name ?? '', account?.businessName ?? '', user.name, user.email];
  const weak = oldPassword === newPassword ? SAME : whyWeak(newPassword, known);
  if (weak !== null) {
    throw new Invalid({ new_password: weak });
  }
  const passwordHash = await hashPassword(newPassword);
  await record(services, viewer, 'password.changed');
  const letter = { kind: 'password-changed', at: now(), address: viewer.address ?? null } as const;
  const letters = await letterTo(services, userId, letter);
  await control.turn(async (commit) => {
    // Changed elsewhere meanwhile: what was just checked is the old password no more.
    const [still] = await control.sql.select().from(users).where(eq(users.id, userId)).limit(1);
    if (still?.epoch !== user.epoch) {
      throw new Invalid({ old_password: WRONG });
    }
    await commit('full', [
      ...changeCredentials(control, { userId, sessionHash }, { passwordHash }),
      ...(await withdrawLinksOf(control, userId, ['email', 'reset'], now())),
      ...letters,
    ]);
  });
  if (letters.length > 0) {
    mail?.wake();
  }
  await services.live.revalidate(userId);
}
