import { eq, sql } from 'drizzle-orm';
import { type Actor, auditRow } from '#src/audit/audit-row.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { accounts, memberships, users } from '#src/db/schema/control.ts';
import { Invalid } from '#src/errors.ts';
import { insertMember } from '#src/people/members.ts';
import { insertBuiltInRoles } from '#src/people/roles.ts';
import type { Services } from '#src/services.ts';
import { hashPassword } from '#src/sessions/passwords.ts';
import { type NewAccount, readNewAccount } from './new-account.ts';

export type AccountServices = Pick<Services, 'config' | 'control' | 'keyring' | 'accounts' | 'now' | 'log'>;

type Options = {
  actor: Actor;
  /** Read again alone, just before everything becomes usable; what it returns is written with it. It may throw. */
  claim?: () => Promise<Statement[]>;
  /** The owner's address has proven to be theirs. */
  hasConfirmed?: boolean;
};

/**
 * Makes an account with its database and its owner. The first user of an install is also its operator.
 * Throws `Invalid` (`name`, `business_name`, `time_zone`, `owner.name`, `owner.email`, `owner.password`).
 *
 * The account begins in the state `erasing`, and only the last batch lets anybody in: what a crash leaves in
 * between is an account that `repairAccounts` removes.
 */
export async function createAccount(
  services: AccountServices,
  given: NewAccount,
  { actor, claim = async () => [], hasConfirmed = false }: Options,
): Promise<{ accountId: number; userId: number }> {
  const { control, now } = services;
  const account = readNewAccount(given);
  await refuseTakenEmail(services, account.owner.email);
  const passwordHash = await hashPassword(account.owner.password);
  const accountId = control.nextId();
  const userId = control.nextId();
  const at = now();

  const { name, businessName, timeZone, owner } = account;
  await control.write('full', [
    control.sql
      .insert(accounts)
      .values({ id: accountId, name, businessName, timeZone, state: 'erasing', stateAt: at, createdAt: at }),
  ]);
  await services.accounts.create(accountId);
  await services.accounts.use(accountId, (inbox) =>
    furnish(inbox, { userId, name: owner.name, actor, at, account: { name, businessName, timeZone } }),
  );

  await control.turn(async (commit) => {
    await refuseTakenEmail(services, owner.email);
    const claimed = await claim();
    await commit('full', [
      ...claimed,
      control.sql.insert(users).values({
        id: userId,
        email: owner.email,
        name: owner.name,
        passwordHash,
        emailConfirmedAt: hasConfirmed ? at : null,
        isOperator: sql`not exists (select 1 from ${users})`,
        createdAt: at,
      }),
      control.sql.update(accounts).set({ state: 'active', stateAt: at }).where(eq(accounts.id, accountId)),
      control.sql.insert(memberships).values({ userId, accountId, state: 'active' }),
    ]);
  });
  return { accountId, userId };
}

type Owner = {
  userId: number;
  name: string;
  actor: Actor;
  at: number;
  account: Pick<NewAccount, 'name' | 'businessName' | 'timeZone'>;
};

async function furnish(inbox: Inbox, { userId, name, actor, at, account }: Owner): Promise<void> {
  const after = { name: account.name, business_name: account.businessName, time_zone: account.timeZone };
  const deed = { at, actor };
  await inbox.write('full', [
    insertBuiltInRoles(inbox),
    insertMember(inbox, { userId, name, role: 'owner', at }),
    auditRow(inbox, {
      ...deed,
      action: 'account.created',
      object: `account:${inbox.accountId}`,
      data: { after },
    }),
    auditRow(inbox, {
      ...deed,
      action: 'member.added',
      object: `user:${userId}`,
      data: { name, role: 'owner' },
    }),
  ]);
}

async function refuseTakenEmail({ control }: AccountServices, email: string): Promise<void> {
  const [taken] = await control.sql
    .select({ id: users.id })
    .from(users)
    .where(eq(users.email, email))
    .limit(1);
  if (taken) {
    throw new Invalid({
      'owner.email': 'This e-mail already belongs to a user of this server. Use another one.',
    });
  }
}
