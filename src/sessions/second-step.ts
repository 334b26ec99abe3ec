import { and, eq } from 'drizzle-orm';
import { tokens, users } from '#src/db/schema/control.ts';
import { dropOver } from './challenges.ts';
import { readSideCookie } from './cookie.ts';
import type { SessionServices } from './find-session.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { spendCode } from './spend-code.ts';

/** A sign-in whose password was right, until the second factor is given. */
export type Step = { hash: string; user: typeof users.$inferSelect };

export const STEP_MS = 5 * 60_000;
const TRIES = 5;

/** Begins one and returns its token, for the cookie. */
export async function beginStep(
  { control, now }: Pick<SessionServices, 'control' | 'now'>,
  { id: userId, epoch }: Pick<Step['user'], 'id' | 'epoch'>,
): Promise<string> {
  const token = newSecret();
  const data = JSON.stringify({ epoch, tries: 0 });
  await control.write('full', [
    dropOver(control, now()),
    control.sql.insert(tokens).values({
      hash: hashSecret(token),
      kind: 'second_factor',
      userId,
      data,
      expiresAt: now() + STEP_MS,
    }),
  ]);
  return token;
}

/** The half-done sign-in that a request comes with; null when there is none, or it is over. */
export async function findStep(services: SessionServices, request: Request): Promise<Step | null> {
  const token = readSideCookie(request, 'step', services.config);
  const found = token === null ? null : await stepOf(services, hashSecret(token));
  return found && { hash: found.hash, user: found.user };
}

/** Ends it with a code. After five that do not fit it is over, and the password is asked for again. */
export async function answerStep(
  services: SessionServices,
  hash: string,
  typed: string,
): Promise<'done' | 'wrong' | 'over'> {
  const { control, now } = services;
  return control.turn(async (commit) => {
    const step = await stepOf(services, hash);
    if (step === null) {
      return 'over';
    }
    const spent = await spendCode(control, { userId: step.user.id, typed, now: now() });
    const tries = step.tries + 1;
    const isOver = spent !== null || tries >= TRIES;
    await commit('full', [
      ...(spent ?? []),
      control.sql
        .update(tokens)
        .set({ data: JSON.stringify({ epoch: step.user.epoch, tries }), usedAt: isOver ? now() : null })
        .where(eq(tokens.hash, hash)),
    ]);
    return spent !== null ? 'done' : isOver ? 'over' : 'wrong';
  });
}

/** Ends it with a passkey that was accepted. False when it is over meanwhile. */
export async function finishStep(services: SessionServices, hash: string): Promise<boolean> {
  const { control, now } = services;
  return control.turn(async (commit) => {
    if ((await stepOf(services, hash)) === null) {
      return false;
    }
    await commit('full', [control.sql.update(tokens).set({ usedAt: now() }).where(eq(tokens.hash, hash))]);
    return true;
  });
}

/** A change of credentials since the password was given voids it, as it voids sessions. */
async function stepOf(
  { control, now }: Pick<SessionServices, 'control' | 'now'>,
  hash: string,
): Promise<(Step & { tries: number }) | null> {
  const [row] = await control.sql
    .select({ token: tokens, user: users })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .where(and(eq(tokens.hash, hash), eq(tokens.kind, 'second_factor')))
    .limit(1);
  if (!row || row.token.usedAt !== null || row.token.expiresAt <= now() || row.user.disabledAt !== null) {
    return null;
  }
  const { epoch, tries }: { epoch: number; tries: number } = JSON.parse(row.token.data ?? '{}');
  return epoch === row.user.epoch ? { hash, user: row.user, tries } : null;
}
