import { and, eq, isNull } from 'drizzle-orm';
import type { Statement } from '#src/db/database.ts';
import { tokens, users } from '#src/db/schema/control.ts';
import { NotFound } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { hashSecret, newSecret } from '#src/sessions/secrets.ts';
import { type AccountServices, createAccount } from './create-account.ts';
import type { NewAccount } from './new-account.ts';

const VALID_FOR_MS = 30 * 60_000;

/**
 * At start: the path of the page that makes the first account, or null when there is somebody already. It holds a
 * secret: print it for the person at the terminal, never log it. A link made before stops working.
 */
export async function openFirstRun({
  config,
  control,
  now,
}: Pick<Services, 'config' | 'control' | 'now'>): Promise<string | null> {
  if (config.signups === 'closed' || (await isSettled(control))) {
    return null;
  }
  const token = newSecret();
  const expiresAt = now() + VALID_FOR_MS;
  await control.write('full', [
    control.sql.delete(tokens).where(and(eq(tokens.kind, 'first_run'), isNull(tokens.usedAt))),
    control.sql.insert(tokens).values({ hash: hashSecret(token), kind: 'first_run', expiresAt }),
  ]);
  return `/setup/${token}`;
}

export type LinkState = 'good' | 'over';

/** Whether a setup link still works. Throws `NotFound` for one that never did. */
export async function findFirstRun(
  { control, now }: Pick<Services, 'control' | 'now'>,
  token: string,
): Promise<LinkState> {
  const [link] = await control.sql
    .select()
    .from(tokens)
    .where(and(eq(tokens.hash, hashSecret(token)), eq(tokens.kind, 'first_run')))
    .limit(1);
  if (!link) {
    throw new NotFound('no such setup link');
  }
  const works = link.usedAt === null && now() < link.expiresAt && !(await isSettled(control));
  return works ? 'good' : 'over';
}

/** Makes the first account, once. Throws `NotFound` when the link no longer works, `Invalid` like `createAccount`. */
export async function finishFirstRun(
  services: AccountServices,
  token: string,
  given: NewAccount,
): Promise<{ accountId: number; userId: number }> {
  const { control, now } = services;
  const claim = async (): Promise<Statement[]> => {
    if ((await findFirstRun(services, token)) !== 'good') {
      throw new NotFound('the setup link was used meanwhile');
    }
    return [
      control.sql
        .update(tokens)
        .set({ usedAt: now() })
        .where(eq(tokens.hash, hashSecret(token))),
    ];
  };
  return createAccount(services, given, { actor: { kind: 'system' }, claim });
}

async function isSettled({ sql: db }: Services['control']): Promise<boolean> {
  const [anybody] = await db.select({ id: users.id }).from(users).limit(1);
  return anybody !== undefined;
}
