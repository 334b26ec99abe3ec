import { eq } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import { sessions, users } from '#src/db/schema/control.ts';
import { Invalid, Problem } from '#src/errors.ts';
import type { Live } from '#src/live/live.ts';
import { queueMail } from '#src/mail/queue-mail.ts';
import type { Services } from '#src/services.ts';
import { hashPassword, whyWeak } from '#src/sessions/passwords.ts';
import {
  endLink,
  findLink,
  type LinkState,
  newLink,
  stateOf,
  unusedLinksOf,
  withdrawLinksOf,
} from './links.ts';
import { canMailLinks, canWrite, type MailPart, mailedLink } from './mail-part.ts';
import { noteInTrails } from './note-in-trails.ts';

export type ResetServices = Pick<Services, 'config' | 'control' | 'accounts' | 'now' | 'log'> &
  MailPart & { live: Pick<Live, 'revalidate' | 'endUser'> };

type User = typeof users.$inferSelect;

/** Mails a link to whoever signs in with this address; nothing happens when nobody does. */
export async function mailReset(services: ResetServices, email: string): Promise<void> {
  const { control, config, now } = services;
  const [user] = await control.sql.select().from(users).where(eq(users.email, email)).limit(1);
  if (!user || user.disabledAt !== null || !canMailLinks(services)) {
    return;
  }
  const at = now();
  const { token, expiresAt, statements } = await newReset(control, user.id, at);
  const link = mailedLink(config, `/reset/${token}`);
  const letter = { kind: 'reset', link, until: expiresAt } as const;
  await control.write('full', [
    ...statements,
    queueMail(control, { to: email, letter, accountId: null, at }),
  ]);
  services.mail?.wake();
}

/** For whoever sits at the server's terminal: the path of a link for anybody; null when nobody has this address. */
export async function makeResetPath(
  services: Pick<ResetServices, 'control' | 'accounts' | 'now' | 'log'>,
  email: string,
): Promise<string | null> {
  const { control, now } = services;
  const [user] = await control.sql.select().from(users).where(eq(users.email, email)).limit(1);
  if (!user || user.disabledAt !== null) {
    return null;
  }
  await noteInTrails(services, user.id, { actor: { kind: 'command' }, action: 'reset_link.made' });
  const { token, statements } = await newReset(control, user.id, now());
  await control.write('full', statements);
  return `/reset/${token}`;
}

/** Makes the link anew; one made before works no longer. The statements make it good. */
export async function newReset(
  control: Control,
  userId: number,
  at: number,
  accountId?: number,
): Promise<{ token: string; expiresAt: number; statements: Statement[] }> {
  const before = await unusedLinksOf(control, userId, ['reset']);
  const made = newLink(control, {
    kind: 'reset',
    at,
    userId,
    ...(accountId === undefined ? {} : { accountId }),
  });
  return {
    ...made,
    statements: [...before.map((link) => endLink(control, link, 'replaced', at)), ...made.statements],
  };
}

export type OpenedReset = { state: LinkState; user: User };

/** Whose password a link sets, and whether it still works. Throws `NotFound` for a guessed one. */
export async function openReset(
  { control, now }: Pick<Services, 'control' | 'now'>,
  token: string,
): Promise<OpenedReset> {
  const link = await findLink(control, 'reset', token);
  const user = await userOf(control, link.userId ?? 0);
  return { state: user.disabledAt === null ? stateOf(link, now()) : 'withdrawn', user };
}

/**
 * Sets a new password, once. All sessions end; a second factor stays on. Throws `Invalid` (`password`), and `Problem`
 * when the link was used meanwhile.
 */
export async function finishReset(
  services: ResetServices,
  token: string,
  given: { password: string; address: string },
): Promise<void> {
  const { control, live, now } = services;
  const { user } = await openReset(services, token);
  const weak = whyWeak(given.password, [user.name, user.email]);
  if (weak !== null) {
    throw new Invalid({ password: weak });
  }
  const passwordHash = await hashPassword(given.password);
  await noteInTrails(services, user.id, {
    actor: { kind: 'system' },
    action: 'password.reset',
    data: { address: given.address },
  });
  await control.turn(async (commit) => {
    const link = await findLink(control, 'reset', token);
    const at = now();
    if (stateOf(link, at) !== 'good') {
      throw new Problem(409, 'link-over', 'The link no longer works', 'It was used meanwhile.');
    }
    const fresh = await userOf(control, user.id);
    const letter = { kind: 'password-changed', at, address: given.address } as const;
    const { sql: db } = control;
    await commit('full', [
      endLink(control, link, 'used', at),
      ...(await withdrawLinksOf(control, user.id, ['email'], at)),
      db
        .update(users)
        .set({ passwordHash, epoch: fresh.epoch + 1 })
        .where(eq(users.id, user.id)),
      db.delete(sessions).where(eq(sessions.userId, user.id)),
      ...(canWrite(services) ? [queueMail(control, { to: user.email, letter, accountId: null, at })] : []),
    ]);
  });
  services.mail?.wake();
  live.endUser(user.id);
}

async function userOf({ sql: db }: Control, id: number): Promise<User> {
  const [user] = await db.select().from(users).where(eq(users.id, id)).limit(1);
  if (!user) {
    throw new Problem(409, 'link-over', 'The link no longer works', 'Whom it was for is gone.');
  }
  return user;
}
