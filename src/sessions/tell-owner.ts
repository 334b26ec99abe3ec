import { eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Statement } from '#src/db/database.ts';
import { users } from '#src/db/schema/control.ts';
import type { Letter } from '#src/mail/letter.ts';
import { queueMail } from '#src/mail/queue-mail.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { DoorServices } from './door-services.ts';

/** The person whose sign-in it is. */
export type Self = Extract<Viewer, { kind: 'person' }>;

/**
 * Writes into the account the session is in what somebody does with their own sign-in. It stands there before it is
 * done: across two files, a deed without a row would be worse than a row without a deed.
 */
export async function record(
  { accounts, now }: Pick<DoorServices, 'accounts' | 'now'>,
  viewer: Self,
  action: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await accounts.use(viewer.accountId, (inbox) =>
    inbox.write('full', [
      auditRow(inbox, { at: now(), actor: viewer, action, object: `user:${viewer.userId}`, data }),
    ]),
  );
}

/** The statements of a letter to somebody about their own sign-in; none where no mail can be sent. */
export async function letterTo(
  { control, mail, now }: Pick<DoorServices, 'control' | 'mail' | 'now'>,
  userId: number,
  letter: Letter,
): Promise<Statement[]> {
  if (mail?.canSend !== true) {
    return [];
  }
  const [user] = await control.sql
    .select({ email: users.email })
    .from(users)
    .where(eq(users.id, userId))
    .limit(1);
  return user ? [queueMail(control, { to: user.email, letter, accountId: null, at: now() })] : [];
}
