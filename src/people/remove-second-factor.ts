import { eq, sql } from 'drizzle-orm';
import { passkeys, sessions, users } from '#src/db/schema/control.ts';
import { Invalid } from '#src/errors.ts';
import { queueMail } from '#src/mail/queue-mail.ts';
import { withdrawLinksOf } from './links.ts';
import { canWrite } from './mail-part.ts';
import { noteInTrails } from './note-in-trails.ts';
import type { ResetServices } from './reset-password.ts';

/**
 * For whoever sits at the server's terminal: takes the authenticator app, the recovery codes and all passkeys from
 * somebody who has lost them. Their password stays, and all their sessions end. Throws `Invalid` (`email`).
 */
export async function removeSecondFactor(
  services: Omit<ResetServices, 'config'>,
  email: string,
): Promise<void> {
  const { control, live, now } = services;
  const { sql: db } = control;
  const [user] = await db.select().from(users).where(eq(users.email, email)).limit(1);
  if (!user) {
    throw new Invalid({ email: 'Nobody signs in with this address here.' });
  } else if (user.secondFactor === null) {
    throw new Invalid({ email: 'Whoever signs in with this address has no second factor.' });
  }
  await noteInTrails(services, user.id, { actor: { kind: 'command' }, action: 'second_factor.removed' });
  const at = now();
  const letter = { kind: 'second-factor-changed', change: 'off', at } as const;
  await control.write('full', [
    db
      .update(users)
      .set({ secondFactor: null, epoch: sql`${users.epoch} + 1` })
      .where(eq(users.id, user.id)),
    db.delete(passkeys).where(eq(passkeys.userId, user.id)),
    ...(await withdrawLinksOf(control, user.id, ['email'], at)),
    db.delete(sessions).where(eq(sessions.userId, user.id)),
    ...(canWrite(services) ? [queueMail(control, { to: email, letter, accountId: null, at })] : []),
  ]);
  services.mail?.wake();
  live.endUser(user.id);
}
