import { and, desc, eq, isNull } from 'drizzle-orm';
import { findAccount } from '#src/accounts/find-account.ts';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { memberships, tokens, users } from '#src/db/schema/control.ts';
import { Invalid, NotFound } from '#src/errors.ts';
import { queueMail } from '#src/mail/queue-mail.ts';
import type { Services } from '#src/services.ts';
import { roleName, teamNames } from './join.ts';
import { dataOf, endLink, type Link, newLink, stateOf } from './links.ts';
import { canMailLinks, type MailPart, mailedLink } from './mail-part.ts';
import { readEmail, readName, whyNot } from './person.ts';
import { type Place, readPlace } from './place.ts';
import { manager } from './rights.ts';
import type { Viewer } from './viewer.ts';

export type InvitationServices = Pick<Services, 'config' | 'control' | 'accounts' | 'now'> & MailPart;

type Person = Extract<Viewer, { kind: 'person' }>;

/** What an invitation is for; `by` is the user who made it. */
export type Invitation = { email: string; name: string; by: number } & Place;

/** A link that lets in whoever holds it: shown once, to whoever made it. */
export type MadeLink = { path: string; expiresAt: number; email: string; isMailed: boolean };

/**
 * Invites somebody into the viewer's account. Throws `Invalid` (`email`, `name`, `role`, `teams`), and `Forbidden` for
 * a role that may do more than the viewer's.
 */
export async function invite(
  services: InvitationServices,
  given: { email: string; name: string } & Place,
  viewer: Person,
): Promise<MadeLink> {
  const { email, name } = readPerson(given);
  const { role, teamIds } = await services.accounts.use(viewer.accountId, async (inbox) =>
    readPlace(inbox, given, await manager(inbox, viewer)),
  );
  await refuseIfHere(services.control, viewer.accountId, email);
  const data: Invitation = { email, name, by: viewer.userId, roleId: role.id, teamIds };
  const before = (await openInvitations(services, viewer.accountId)).filter((one) => one.email === email);
  return send(services, data, viewer, {
    action: 'invitation.made',
    ended: before.map(({ link }) => link),
  });
}

/** Makes the link of an open invitation anew; the old one is dead. Throws `NotFound`, `Forbidden`. */
export async function renewInvitation(
  services: InvitationServices,
  id: number,
  viewer: Person,
): Promise<MadeLink> {
  const { link, ...data } = await findInvitation(services, id, viewer.accountId);
  await services.accounts.use(viewer.accountId, async (inbox) =>
    readPlace(inbox, data, await manager(inbox, viewer)),
  );
  const { email, name, roleId, teamIds } = data;
  const renewed = { email, name, roleId, teamIds, by: viewer.userId };
  return send(services, renewed, viewer, { action: 'invitation.renewed', ended: [link] });
}

/** Makes the link of an open invitation useless. Throws `NotFound`, `Forbidden`. */
export async function withdrawInvitation(
  services: InvitationServices,
  id: number,
  viewer: Person,
): Promise<void> {
  const { control, now } = services;
  await services.accounts.use(viewer.accountId, async (inbox) => {
    await manager(inbox, viewer);
    const { email } = await findInvitation(services, id, viewer.accountId);
    await note(inbox, viewer, { at: now(), action: 'invitation.withdrawn', id, data: { email } });
  });
  await control.turn(async (commit) => {
    const { link } = await findInvitation(services, id, viewer.accountId);
    await commit('full', [endLink(control, link, 'withdrawn', now())]);
  });
}

export type OpenInvitation = Invitation & { id: number; expiresAt: number; isExpired: boolean; link: Link };

/** Those of an account that nobody has accepted or withdrawn, the newest first. */
export async function openInvitations(
  { control, now }: Pick<Services, 'control' | 'now'>,
  accountId: number,
): Promise<OpenInvitation[]> {
  const rows = await control.sql
    .select()
    .from(tokens)
    .where(and(eq(tokens.accountId, accountId), eq(tokens.kind, 'invite')))
    .orderBy(desc(tokens.id));
  return rows.flatMap((link) => {
    const state = stateOf(link, now());
    const isOpen = state === 'good' || state === 'expired';
    return isOpen && link.id !== null
      ? {
          ...readInvitation(link),
          id: link.id,
          expiresAt: link.expiresAt,
          isExpired: state === 'expired',
          link,
        }
      : [];
  });
}

/** What an invitation's row says. */
export function readInvitation({ data }: Link): Invitation {
  const { email, name, by, roleId, teamIds } = dataOf(data);
  return {
    email: String(email),
    name: String(name),
    by: Number(by),
    roleId: Number(roleId),
    teamIds: Array.isArray(teamIds) ? teamIds.map(Number) : [],
  };
}

async function findInvitation(
  services: Pick<Services, 'control' | 'now'>,
  id: number,
  accountId: number,
): Promise<OpenInvitation> {
  const found = (await openInvitations(services, accountId)).find((one) => one.id === id);
  if (!found) {
    throw new NotFound(`no open invitation ${id}`);
  }
  return found;
}

type Sent = { action: string /** Links that this one replaces. */; ended: readonly Link[] };

async function send(
  services: InvitationServices,
  data: Invitation,
  viewer: Person,
  { action, ended }: Sent,
): Promise<MadeLink> {
  const { control, config, now } = services;
  const { accountId } = viewer;
  const at = now();
  const { id, token, expiresAt, statements } = newLink(control, { kind: 'invite', at, accountId, data });
  const path = `/invite/${token}`;
  const isMailed = canMailLinks(services);
  const letters = isMailed
    ? [
        await letter(control, {
          accountId,
          data,
          by: viewer.name,
          at,
          link: mailedLink(config, path),
          expiresAt,
        }),
      ]
    : [];
  const { email, name, roleId, teamIds } = data;
  await services.accounts.use(accountId, async (inbox) => {
    const noted = { name, email, role: await roleName(inbox, roleId), teams: teamNames(inbox, teamIds) };
    await note(inbox, viewer, { at, action, id, data: noted });
  });
  await control.write('full', [
    ...ended.map((link) => endLink(control, link, 'replaced', at)),
    ...statements,
    ...letters,
  ]);
  if (isMailed) {
    services.mail?.wake();
  }
  return { path, expiresAt, email: data.email, isMailed };
}

type NewLetter = {
  accountId: number;
  data: Invitation;
  by: string;
  at: number;
  link: string;
  expiresAt: number;
};

async function letter(control: Control, { accountId, data, by, at, link, expiresAt }: NewLetter) {
  const { name: account } = await findAccount(control, accountId);
  const said = { kind: 'invitation', account, by, link, until: expiresAt } as const;
  return queueMail(control, { to: data.email, letter: said, accountId, at });
}

type Note = { at: number; action: string; id: number; data: Record<string, unknown> };

function note(inbox: Inbox, actor: Person, { id, ...deed }: Note): Promise<void> {
  return inbox.write('full', [auditRow(inbox, { ...deed, actor, object: `invitation:${id}` })]);
}

function readPerson(given: { email: string; name: string }): { email: string; name: string } {
  const email = readEmail(given.email);
  const name = readName(given.name);
  if (email && name) {
    return { email, name };
  }
  throw new Invalid({
    ...(name ? {} : { name: whyNot.name }),
    ...(email ? {} : { email: whyNot.email }),
  });
}

async function refuseIfHere({ sql: db }: Control, accountId: number, email: string): Promise<void> {
  const [here] = await db
    .select({ state: memberships.state })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(users.email, email), eq(memberships.accountId, accountId), isNull(users.disabledAt)))
    .limit(1);
  if (here) {
    throw new Invalid({
      email:
        here.state === 'active'
          ? 'Somebody with this address is in the team already.'
          : 'Somebody with this address has left. Bring them back from the list instead.',
    });
  }
}
