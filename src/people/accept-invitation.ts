import { and, eq, inArray } from 'drizzle-orm';
import { findAccount } from '#src/accounts/find-account.ts';
import { isOpenToPeople } from '#src/accounts/standing.ts';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { accounts, memberships, users } from '#src/db/schema/control.ts';
import { Invalid, NotFound, Problem } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { hashPassword, whyWeak } from '#src/sessions/passwords.ts';
import { type Invitation, readInvitation } from './invitations.ts';
import { addToInbox, letIn } from './join.ts';
import { claimLink, endLink, findLink, type Link, type LinkState, stateOf, unclaimLink } from './links.ts';
import { findMember } from './members.ts';
import { readName, whyNot } from './person.ts';
import { findRole } from './place.ts';
import { mayGive, type Role, whoMayEnter } from './rights.ts';

export type JoinServices = Pick<Services, 'control' | 'accounts' | 'now'>;

type User = typeof users.$inferSelect;

/** Who holds the address that was invited: nobody yet, somebody who can sign in, or somebody who is in no business now. */
export type Invitee = { kind: 'new' } | { kind: 'known' | 'homeless'; user: User };

export type Opened = {
  link: Link;
  state: LinkState;
  invitation: Invitation;
  accountId: number;
  account: string;
  /** The name of whoever invites. */
  by: string;
  invitee: Invitee;
};

/** What an invitation's link says now. Throws `NotFound` for a guessed one. */
export async function openInvitation(services: JoinServices, token: string): Promise<Opened> {
  const { control, now } = services;
  const link = await findLink(control, 'invite', token);
  const accountId = link.accountId ?? 0;
  const invitation = readInvitation(link);
  const { name: account } = await findAccount(control, accountId);
  const [by] = await control.sql.select().from(users).where(eq(users.id, invitation.by)).limit(1);
  const state = stateOf(link, now());
  const stands =
    state !== 'good' ||
    ((await isOpen(control, accountId)) &&
      (await services.accounts.use(accountId, (inbox) => givenRole(inbox, invitation))) !== null);
  return {
    link,
    state: stands ? state : 'withdrawn',
    invitation,
    accountId,
    account,
    by: by?.name ?? '',
    invitee: await whoIs(control, invitation.email),
  };
}

/** Somebody new takes the invitation: a user with a name and a password. Throws `Invalid`, and `Problem` if it is over. */
export async function joinAsNew(
  services: JoinServices,
  opened: Opened,
  given: { name: string; password: string },
): Promise<number> {
  const { control, now } = services;
  const { invitation, account } = opened;
  const name = readName(given.name);
  const weak = whyWeak(given.password, [account, given.name, invitation.email]);
  if (!name || weak !== null) {
    throw new Invalid({
      ...(name ? {} : { name: whyNot.name }),
      ...(weak === null ? {} : { password: weak }),
    });
  }
  const passwordHash = await hashPassword(given.password);
  return join(services, opened, async () => {
    const leftover = await findUser(control, invitation.email);
    const invitee = await whoIs(control, invitation.email);
    if (invitee.kind !== 'new') {
      throw over();
    }
    const id = leftover?.id ?? control.nextId();
    const row = { name, passwordHash };
    return {
      user: { id, name },
      statement: leftover
        ? control.sql.update(users).set(row).where(eq(users.id, id))
        : control.sql.insert(users).values({ ...row, id, email: invitation.email, createdAt: now() }),
    };
  });
}

/** Somebody who has proven to be the one invited takes the invitation. Throws `Problem` if it is over. */
export async function joinAs(
  services: JoinServices,
  opened: Opened,
  user: { id: number; name: string },
): Promise<number> {
  return join(services, opened, async () => ({ user, statement: null }));
}

type Joiner = {
  user: { id: number; name: string };
  statement: Statement | null;
};

/** Claims the link and settles who joins, in one turn; then the member, and last the membership. */
async function join(
  { control, accounts: open, now }: JoinServices,
  { link, accountId, invitation }: Opened,
  settle: () => Promise<Joiner>,
): Promise<number> {
  const at = now();
  const { id: userId, name } = await control.turn(async (commit) => {
    const fresh = await refresh(control, link);
    if (stateOf(fresh, at) !== 'good') {
      throw over();
    }
    const { user, statement } = await settle();
    if ((await whoMayEnter(control, accountId)).has(user.id)) {
      throw over();
    }
    await commit('full', [claimLink(control, fresh, at), ...(statement === null ? [] : [statement])]);
    return user;
  });
  try {
    await open.use(accountId, async (inbox) => {
      const role = await givenRole(inbox, invitation);
      if (role === null) {
        throw over();
      }
      const present = inbox.rows('select id from teams').map(([id]) => Number(id));
      const teamIds = invitation.teamIds.filter((id) => present.includes(id));
      const actor = { kind: 'system' } as const;
      await addToInbox(inbox, { userId, name, role: role.id, teamIds, at, actor, action: 'member.joined' });
    });
  } catch (error) {
    await control.write('full', [unclaimLink(control, link)]);
    throw error;
  }
  await control.write('full', [letIn(control, userId, accountId), endLink(control, link, 'used', at)]);
  return userId;
}

/** The role, if whoever invites may give it still: they may have another one by now. Null otherwise. */
async function givenRole(inbox: Inbox, { by, roleId }: Invitation): Promise<Role | null> {
  const role = await findRole(inbox, roleId);
  const giver = await findMember(inbox, by).catch((error) => {
    if (error instanceof NotFound) {
      return null;
    }
    throw error;
  });
  return role && giver?.permissions.has('people.manage') && mayGive(giver, role) ? role : null;
}

async function refresh({ sql: db }: Control, { hash }: Link): Promise<Link> {
  const [link] = await db.query.tokens.findMany({ where: (row) => eq(row.hash, hash) });
  if (!link) {
    throw over();
  }
  return link;
}

/** It was used or withdrawn while its page was open. */
const over = () =>
  new Problem(
    409,
    'link-over',
    'The link no longer works',
    'It was used or withdrawn meanwhile. Ask for a new one.',
  );

async function findUser({ sql: db }: Control, email: string): Promise<User | undefined> {
  const [user] = await db.select().from(users).where(eq(users.email, email)).limit(1);
  return user;
}

/** A user without any membership was left by a crash while they joined: they are new still. */
async function whoIs(control: Control, email: string): Promise<Invitee> {
  const user = await findUser(control, email);
  if (!user) {
    return { kind: 'new' };
  }
  const rows = await control.sql
    .select({ membership: memberships.state, account: accounts.state })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(eq(memberships.userId, user.id));
  if (rows.length === 0 && !user.isOperator && user.disabledAt === null) {
    return { kind: 'new' };
  }
  const isHome = rows.some((row) => row.membership === 'active' && isOpenToPeople(row.account));
  return { kind: isHome ? 'known' : 'homeless', user };
}

async function isOpen({ sql: db }: Control, accountId: number): Promise<boolean> {
  const [account] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), inArray(accounts.state, ['active', 'suspended'])))
    .limit(1);
  return account !== undefined;
}
