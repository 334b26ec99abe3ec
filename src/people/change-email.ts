import { eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Control } from '#src/db/control.ts';
import { users } from '#src/db/schema/control.ts';
import { Forbidden, Invalid, Problem } from '#src/errors.ts';
import { queueMail } from '#src/mail/queue-mail.ts';
import type { Services } from '#src/services.ts';
import {
  dataOf,
  endLink,
  findLink,
  type LinkState,
  newLink,
  stateOf,
  unusedLinksOf,
  withdrawLinksOf,
} from './links.ts';
import { canMailLinks, canWrite, type MailPart, mailedLink } from './mail-part.ts';
import { readEmail, whyNot } from './person.ts';
import type { Viewer } from './viewer.ts';

export type EmailServices = Pick<Services, 'config' | 'control' | 'accounts' | 'now'> & MailPart;
type Person = Extract<Viewer, { kind: 'person' }>;

const taken = 'This address already belongs to a user of this server. Use another one.';

/**
 * Mails a link to a new address of the viewer's, which is used from then on that it was opened. Whether the address
 * belongs to somebody already is said to nobody but its owner. Throws `Invalid` (`email`), `Forbidden` without mail.
 */
export async function askForEmail(services: EmailServices, given: string, viewer: Person): Promise<string> {
  const { control, config, now } = services;
  if (!canMailLinks(services)) {
    throw new Forbidden('this server sends no mail');
  }
  const email = readEmail(given);
  if (email === null) {
    throw new Invalid({ email: whyNot.email });
  }
  const { userId, accountId } = viewer;
  const at = now();
  const before = await unusedLinksOf(control, userId, ['email']);
  const made = newLink(control, { kind: 'email', at, userId, accountId, data: { email } });
  const link = mailedLink(config, `/email/${made.token}`);
  const letter = { kind: 'new-email', link, until: made.expiresAt } as const;
  const isTaken = await belongsToSomebody(control, email);
  await control.write('full', [
    ...before.map((one) => endLink(control, one, 'replaced', at)),
    ...made.statements,
    ...(isTaken ? [] : [queueMail(control, { to: email, letter, accountId: null, at })]),
  ]);
  services.mail?.wake();
  return email;
}

export type OpenedEmail = { state: LinkState; email: string; userId: number };

/** The address that a link confirms. Throws `NotFound` for a guessed one. */
export async function openEmail(
  { control, now }: Pick<Services, 'control' | 'now'>,
  token: string,
): Promise<OpenedEmail> {
  const link = await findLink(control, 'email', token);
  return {
    state: stateOf(link, now()),
    email: String(dataOf(link.data).email),
    userId: link.userId ?? 0,
  };
}

/** The new address is the one to sign in with; the old one is told. Throws `Problem` when the link is over, `Invalid`. */
export async function confirmEmail(services: EmailServices, token: string): Promise<void> {
  const { control, accounts, now } = services;
  const { email, userId } = await openEmail(services, token);
  const [user] = await control.sql.select().from(users).where(eq(users.id, userId)).limit(1);
  const link = await findLink(control, 'email', token);
  await refuseTaken(control, email);
  if (!user || stateOf(link, now()) !== 'good') {
    throw over();
  }
  const at = now();
  await accounts.use(link.accountId ?? 0, (inbox) =>
    inbox.write('full', [
      auditRow(inbox, {
        at,
        actor: { kind: 'system' },
        action: 'email.changed',
        object: `user:${userId}`,
        data: { before: { email: user.email }, after: { email } },
      }),
    ]),
  );
  await control.turn(async (commit) => {
    const fresh = await findLink(control, 'email', token);
    if (stateOf(fresh, at) !== 'good') {
      throw over();
    }
    await refuseTaken(control, email);
    const letter = { kind: 'email-changed', to: email, at } as const;
    await commit('full', [
      endLink(control, fresh, 'used', at),
      ...(await withdrawLinksOf(control, userId, ['reset'], at)),
      control.sql.update(users).set({ email, emailConfirmedAt: at }).where(eq(users.id, userId)),
      ...(canWrite(services) ? [queueMail(control, { to: user.email, letter, accountId: null, at })] : []),
    ]);
  });
  services.mail?.wake();
}

/** Throws `Invalid` (`email`) when somebody signs in with this address already. */
export async function refuseTaken(control: Control, email: string): Promise<void> {
  if (await belongsToSomebody(control, email)) {
    throw new Invalid({ email: taken });
  }
}

async function belongsToSomebody({ sql: db }: Control, email: string): Promise<boolean> {
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email)).limit(1);
  return user !== undefined;
}

const over = () =>
  new Problem(409, 'link-over', 'The link no longer works', 'It was used or replaced meanwhile.');
