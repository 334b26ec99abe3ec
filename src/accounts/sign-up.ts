import { and, eq, isNull } from 'drizzle-orm';
import type { Config } from '#src/config.ts';
import type { Control } from '#src/db/control.ts';
import { tokens, users } from '#src/db/schema/control.ts';
import { NotFound } from '#src/errors.ts';
import { queueMail } from '#src/mail/queue-mail.ts';
import { dataOf, endLink, findLink, type LinkState, newLink, stateOf } from '#src/people/links.ts';
import { canMailLinks, type MailPart, mailedLink } from '#src/people/mail-part.ts';
import { type AccountServices, createAccount } from './create-account.ts';
import type { NewAccount } from './new-account.ts';

export type SignUpServices = AccountServices & MailPart;

/** Whether strangers may make businesses here: as configured, and only where an address can be confirmed. */
export const isOpenToSignUps = (services: MailPart & { config: Pick<Config, 'signups' | 'url'> }): boolean =>
  services.config.signups === 'open' && canMailLinks(services);

/** Mails a link with which a business is made; nothing happens for an address that signs in here already. */
export async function askToSignUp(
  services: SignUpServices,
  { email, name }: { email: string; name: string },
): Promise<void> {
  const { control, config, now } = services;
  const [taken] = await control.sql
    .select({ id: users.id })
    .from(users)
    .where(eq(users.email, email))
    .limit(1);
  if (taken) {
    return;
  }
  const at = now();
  const { token, expiresAt, statements } = newLink(control, { kind: 'confirm', at, data: { email, name } });
  const link = mailedLink(config, `/signup/${token}`);
  const letter = { kind: 'confirmation', account: name, link, until: expiresAt } as const;
  const before = await openSignUps(control, email);
  await control.write('full', [
    ...before.map((one) => endLink(control, one, 'replaced', at)),
    ...statements,
    queueMail(control, { to: email, letter, accountId: null, at }),
  ]);
  services.mail?.wake();
}

async function openSignUps({ sql: db }: Control, email: string) {
  const open = await db
    .select()
    .from(tokens)
    .where(and(eq(tokens.kind, 'confirm'), isNull(tokens.usedAt)));
  return open.filter(({ data }) => dataOf(data).email === email);
}

export type OpenedSignUp = { state: LinkState; email: string; name: string };

/** What a sign-up's link says. Throws `NotFound` for a guessed one. */
export async function openSignUp(
  { control, now }: Pick<SignUpServices, 'control' | 'now'>,
  token: string,
): Promise<OpenedSignUp> {
  const link = await findLink(control, 'confirm', token);
  const { email, name } = dataOf(link.data);
  return { state: stateOf(link, now()), email: String(email), name: String(name) };
}

/** Makes the business, once. Throws `NotFound` when the link no longer works, `Invalid` like `createAccount`. */
export async function finishSignUp(
  services: SignUpServices,
  token: string,
  given: NewAccount,
): Promise<{ accountId: number; userId: number }> {
  const { control, now } = services;
  const { email } = await openSignUp(services, token);
  const claim = async () => {
    const link = await findLink(control, 'confirm', token);
    if (stateOf(link, now()) !== 'good') {
      throw new NotFound('the link was used meanwhile');
    }
    return [endLink(control, link, 'used', now())];
  };
  const owner = { ...given.owner, email };
  return createAccount(
    services,
    { ...given, owner },
    { actor: { kind: 'system' }, claim, hasConfirmed: true },
  );
}
