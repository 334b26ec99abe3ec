import { and, eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import { clean } from '#src/db/clean.ts';
import type { Control } from '#src/db/control.ts';
import { users } from '#src/db/schema/control.ts';
import { AccountUnavailable } from '#src/errors.ts';
import { readEmail } from '#src/people/person.ts';
import { readAccountCookie } from './account-cookie.ts';
import { type SessionServices, storeOf } from './find-session.ts';
import { homesOf, lastHomeOf } from './homes.ts';
import { hashPassword, isOutdated, isPassword } from './passwords.ts';

/** Where a session is begun from: kept beside it, so that people recognise their own. */
export type Origin = {
  address: string;
  agent: string | null;
  /** The account used last in that browser. */
  accountId?: number | null;
};

const LONGEST_AGENT = 255;

export function originOf(request: Request, address: string): Origin {
  const agent = request.headers.get('user-agent');
  return {
    address,
    agent: agent === null ? null : clean(agent).slice(0, LONGEST_AGENT),
    accountId: readAccountCookie(request),
  };
}

type User = typeof users.$inferSelect;

/** The user whose e-mail and password these are, or null; both answers take the same time. */
export async function findByPassword(
  control: Control,
  { email, password }: { email: string; password: string },
): Promise<User | null> {
  const user = await findUser(control, email);
  const fits = await isPassword(password, user?.passwordHash ?? null);
  if (user === null || fits !== true) {
    return null;
  }
  if (user.passwordHash !== null && isOutdated(user.passwordHash)) {
    const passwordHash = await hashPassword(password);
    // Both hashes took their time: a password that was changed meanwhile stays.
    const isStill = and(eq(users.id, user.id), eq(users.passwordHash, user.passwordHash));
    await control.write('full', [control.sql.update(users).set({ passwordHash }).where(isStill)]);
  }
  return user;
}

async function findUser({ sql: db }: Control, given: string): Promise<User | null> {
  const email = readEmail(given);
  if (email === null) {
    return null;
  }
  const [user] = await db.select().from(users).where(eq(users.email, email)).limit(1);
  return user && user.disabledAt === null ? user : null;
}

/** By what somebody was let in. */
export type Means = 'password' | 'password and code' | 'password and passkey' | 'passkey';

/**
 * Begins a session in the account that the user was in last, else in the first they may enter, and returns its token;
 * null when there is none, or when they have a second factor: then only `enter` lets them in. For somebody who has
 * proven themselves by a link.
 * Throws `AccountUnavailable`.
 */
export async function beginSession(
  services: SessionServices,
  user: Pick<User, 'id' | 'epoch'>,
  origin: Origin,
): Promise<string | null> {
  const { sql: db } = services.control;
  const [row] = await db
    .select({ secondFactor: users.secondFactor })
    .from(users)
    .where(eq(users.id, user.id))
    .limit(1);
  return row?.secondFactor ? null : openSession(services, user, origin, 'password');
}

/**
 * The same for somebody who has given their second factor, if they have one. Throws `AccountUnavailable` when none of
 * their accounts can be opened.
 */
export async function openSession(
  services: SessionServices,
  user: Pick<User, 'id' | 'epoch'>,
  { address, agent, accountId: last = null }: Origin,
  means: Means,
): Promise<string | null> {
  let refused: AccountUnavailable | null = null;
  for (const accountId of homesInOrder(services.control, user.id, last)) {
    try {
      await services.accounts.use(accountId, (inbox) =>
        inbox.write('full', [
          auditRow(inbox, {
            at: services.now(),
            actor: { kind: 'system' },
            action: 'session.began',
            object: `user:${user.id}`,
            data: { address, means },
          }),
        ]),
      );
      return await storeOf(services).begin({
        userId: user.id,
        accountId,
        epoch: user.epoch,
        ip: address,
        agent,
      });
    } catch (error) {
      // A damaged business must not keep somebody out of another.
      if (!(error instanceof AccountUnavailable)) {
        throw error;
      }
      refused ??= error;
    }
  }
  if (refused !== null) {
    throw refused;
  }
  return null;
}

/** The account used last in that browser, the one used last anywhere, then the others, the oldest first. */
function homesInOrder(control: Control, userId: number, last: number | null): number[] {
  const ids = homesOf(control, userId)
    .map(({ id }) => id)
    .sort((a, b) => a - b);
  const wanted = [last, lastHomeOf(control, userId)].filter((id) => id !== null);
  return [...new Set([...wanted, ...ids])].filter((id) => ids.includes(id));
}
