import { and, eq } from 'drizzle-orm';
import type { Actor } from '#src/audit/audit-row.ts';
import type { Control } from '#src/db/control.ts';
import { accounts, memberships, users } from '#src/db/schema/control.ts';
import { Invalid } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { hashPassword, whyWeak } from '#src/sessions/passwords.ts';
import { addToInbox, letIn } from './join.ts';
import { readEmail, readName, whyNot } from './person.ts';
import { builtInRoles, isRoleKey, type RoleKey } from './roles.ts';

export type PeopleServices = Pick<Services, 'control' | 'accounts' | 'now'>;

export type NewMember = { accountId: number; name: string; email: string; password: string; role: string };

/**
 * Makes a user who may sign in to an account. Throws `Invalid` (`account_id`, `name`, `email`, `password`, `role`).
 * The membership, which lets them in, is written last; a user without one, left by a crash, is taken up again.
 */
export async function addMember(
  { control, accounts: open, now }: PeopleServices,
  given: NewMember,
  actor: Actor,
): Promise<number> {
  const { accountId } = given;
  const account = await findAccount(control, accountId);
  const { name, email, password, role } = readMember(given, account.name);
  const passwordHash = await hashPassword(password);
  const at = now();

  const userId = await control.turn(async (commit) => {
    const leftover = await findLeftover(control, email);
    const id = leftover ?? control.nextId();
    await commit('full', [
      leftover === null
        ? control.sql.insert(users).values({ id, email, name, passwordHash, createdAt: at })
        : control.sql.update(users).set({ name, passwordHash }).where(eq(users.id, id)),
    ]);
    return id;
  });
  await open.use(accountId, (inbox) => addToInbox(inbox, { userId, name, role, at, actor }));
  await control.write('full', [letIn(control, userId, accountId)]);
  return userId;
}

async function findAccount({ sql: db }: Control, accountId: number): Promise<{ name: string }> {
  const [account] = await db
    .select({ name: accounts.name })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), eq(accounts.state, 'active')))
    .limit(1);
  if (!account) {
    throw new Invalid({ account_id: 'There is no active account with this id.' });
  }
  return account;
}

function readMember(given: NewMember, accountName: string): Omit<NewMember, 'accountId'> & { role: RoleKey } {
  const name = readName(given.name);
  const email = readEmail(given.email);
  const { password, role } = given;
  const weak = whyWeak(password, [accountName, given.name, given.email]);
  if (name && email && weak === null && isRoleKey(role)) {
    return { name, email, password, role };
  }
  throw new Invalid({
    ...(name ? {} : { name: whyNot.name }),
    ...(email ? {} : { email: whyNot.email }),
    ...(weak === null ? {} : { password: weak }),
    ...(isRoleKey(role) ? {} : { role: `Give one of ${Object.keys(builtInRoles).join(', ')}.` }),
  });
}

/** The id of a user with this e-mail who belongs to no account; null when there is no such user. */
async function findLeftover({ sql: db }: Control, email: string): Promise<number | null> {
  const [user] = await db
    .select({ id: users.id, accountId: memberships.accountId })
    .from(users)
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .where(eq(users.email, email))
    .limit(1);
  if (user && user.accountId !== null) {
    throw new Invalid({ email: 'This e-mail already belongs to a user of this server. Use another one.' });
  }
  return user?.id ?? null;
}
