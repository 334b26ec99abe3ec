import { and, eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Control } from '#src/db/control.ts';
import { mails, users } from '#src/db/schema/control.ts';
import { NotFound } from '#src/errors.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import { canBeTried, findMail } from './list-mails.ts';
import { queueMail } from './queue-mail.ts';

type Person = Extract<Viewer, { kind: 'person' }>;
type MailServices = Pick<Services, 'accounts' | 'control' | 'now'>;

/** Makes a letter due now that waits after a try which did not work. Throws `NotFound` for any other. */
export async function makeDue(services: MailServices, id: number, viewer: Person): Promise<void> {
  const { control, now } = services;
  const { canTry } = await findMail(control, id);
  if (!canTry) {
    throw new NotFound(`mail ${id} does not wait after a try`);
  }
  const at = now();
  await note(services, viewer, { at, action: 'mail.retried', id });
  const { sql: db } = control;
  await control.write('full', [
    db
      .update(mails)
      .set({ nextAt: at })
      .where(and(eq(mails.id, id), canBeTried)),
  ]);
}

/** Queues a letter to whoever asks, at their own address, and returns its id. */
export async function queueTest(services: MailServices, viewer: Person): Promise<number> {
  const { control, now } = services;
  const at = now();
  const id = control.nextId();
  const to = await addressOf(control, viewer);
  const letter = { kind: 'test', by: viewer.name, at } as const;
  await note(services, viewer, { at, action: 'mail.tested', id });
  await control.write('full', [queueMail(control, { id, to, letter, accountId: viewer.accountId, at })]);
  return id;
}

/** Where somebody gets their letters. Throws `NotFound`. */
export async function addressOf({ sql: db }: Control, { userId }: Person): Promise<string> {
  const [user] = await db.select({ email: users.email }).from(users).where(eq(users.id, userId)).limit(1);
  if (!user) {
    throw new NotFound(`user ${userId}`);
  }
  return user.email;
}

type Deed = { at: number; action: string; id: number };

/** In the trail of the operator's own account: the install has none. */
function note({ accounts }: MailServices, viewer: Person, { at, action, id }: Deed): Promise<void> {
  return accounts.use(viewer.accountId, (inbox) =>
    inbox.write('full', [auditRow(inbox, { at, actor: viewer, action, object: `mail:${id}` })]),
  );
}
