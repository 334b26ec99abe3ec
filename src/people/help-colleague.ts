import { and, eq, ne } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { memberships, users } from '#src/db/schema/control.ts';
import { members } from '#src/db/schema/inbox/index.ts';
import { Forbidden, Invalid, NotFound } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { refuseTaken } from './change-email.ts';
import type { MadeLink } from './invitations.ts';
import { withdrawLinksOf } from './links.ts';
import { canWrite, type MailPart } from './mail-part.ts';
import { readEmail, whyNot } from './person.ts';
import { findRole } from './place.ts';
import { newReset } from './reset-password.ts';
import { comesUpTo, manager } from './rights.ts';
import type { Viewer } from './viewer.ts';

type HelpServices = Pick<Services, 'control' | 'accounts' | 'now'> & MailPart;
type Person = Extract<Viewer, { kind: 'person' }>;
type User = typeof users.$inferSelect;

/**
 * A link with which somebody of the viewer's account sets a new password, shown to the viewer once. Throws `NotFound`,
 * and `Forbidden` unless they may do no more than the viewer and are in no other business.
 */
export async function makeResetLink(
  services: HelpServices,
  userId: number,
  viewer: Person,
): Promise<MadeLink> {
  const { control, accounts, now } = services;
  return accounts.use(viewer.accountId, (inbox) =>
    inbox.turn(async (commit) => {
      const user = await whomToHelp(inbox, control, userId, viewer);
      const at = now();
      const { token, expiresAt, statements } = await newReset(control, userId, at, viewer.accountId);
      await commit('full', [
        auditRow(inbox, { at, actor: viewer, action: 'reset_link.made', object: `user:${userId}` }),
      ]);
      await control.write('full', statements);
      return { path: `/reset/${token}`, expiresAt, email: user.email, isMailed: false };
    }),
  );
}

/**
 * Gives somebody of the viewer's account another address to sign in with; for installs that send no mail, with which
 * they would do it themselves. Throws like `makeResetLink`, and `Invalid` (`email`).
 */
export async function changeEmailOf(
  services: HelpServices,
  userId: number,
  given: string,
  viewer: Person,
): Promise<void> {
  const { control, accounts, now } = services;
  const email = readEmail(given);
  if (email === null) {
    throw new Invalid({ email: whyNot.email });
  }
  await accounts.use(viewer.accountId, (inbox) =>
    inbox.turn(async (commit) => {
      const user = await whomToHelp(inbox, control, userId, viewer);
      if (canWrite(services)) {
        throw new Forbidden('they change it themselves, by a link to the new address');
      } else if (email === user.email) {
        return;
      }
      await refuseTaken(control, email);
      const at = now();
      const data = { before: { email: user.email }, after: { email } };
      const actor = viewer;
      await commit('full', [
        auditRow(inbox, { at, actor, action: 'email.changed', object: `user:${userId}`, data }),
      ]);
      await control.turn(async (commitNow) => {
        await refuseTaken(control, email);
        await commitNow('full', [
          control.sql.update(users).set({ email, emailConfirmedAt: null }).where(eq(users.id, userId)),
          ...(await withdrawLinksOf(control, userId, ['email', 'reset'], at)),
        ]);
      });
    }),
  );
}

/** Whether the viewer may do these things for them. */
export async function mayHelp(
  inbox: Inbox,
  control: Control,
  userId: number,
  viewer: Person,
): Promise<boolean> {
  try {
    await whomToHelp(inbox, control, userId, viewer);
    return true;
  } catch (error) {
    if (error instanceof Forbidden || error instanceof NotFound) {
      return false;
    }
    throw error;
  }
}

async function whomToHelp(inbox: Inbox, control: Control, userId: number, viewer: Person): Promise<User> {
  const giver = await manager(inbox, viewer);
  const [member] = await inbox.sql.select().from(members).where(eq(members.userId, userId)).limit(1);
  const [user] = await control.sql.select().from(users).where(eq(users.id, userId)).limit(1);
  if (!member || member.leftAt !== null || !user || user.disabledAt !== null) {
    throw new NotFound(`user ${userId} is not a member`);
  }
  const role = await findRole(inbox, member.roleId);
  if (!role || !comesUpTo(giver, role)) {
    throw new Forbidden(`user ${userId} may do more than user ${giver.userId}`);
  } else if (user.isOperator && viewer.isOperator !== true) {
    throw new Forbidden(`user ${userId} runs this server`);
  } else if (await isElsewhere(control, userId, viewer.accountId)) {
    throw new Forbidden(`user ${userId} is in another business too`);
  }
  return user;
}

async function isElsewhere({ sql: db }: Control, userId: number, accountId: number): Promise<boolean> {
  const [other] = await db
    .select({ id: memberships.accountId })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), ne(memberships.accountId, accountId)))
    .limit(1);
  return other !== undefined;
}
