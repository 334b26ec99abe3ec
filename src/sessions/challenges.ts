import { and, eq, inArray, lte } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import { tokens } from '#src/db/schema/control.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** What a passkey is asked for, and whom; null: whoever it belongs to. An answer is good for nothing else. */
export type Question = { purpose: 'register' | 'sign-in' | 'second-factor' | 'proof'; userId: number | null };

const VALID_FOR_MS = 5 * 60_000;

/** A challenge to be signed by a passkey, once. */
export async function newChallenge(
  control: Control,
  { purpose, userId }: Question,
  now: number,
): Promise<string> {
  const challenge = newSecret();
  await control.write('full', [
    dropOver(control, now),
    control.sql.insert(tokens).values({
      hash: hashSecret(challenge),
      kind: 'challenge',
      userId,
      data: purpose,
      expiresAt: now + VALID_FOR_MS,
    }),
  ]);
  return challenge;
}

/** Those of a sign-in, and of a passkey, that are over: there are many, and nothing is to be learned from them. */
export const dropOver = ({ sql: db }: Control, now: number): Statement =>
  db
    .delete(tokens)
    .where(and(inArray(tokens.kind, ['challenge', 'second_factor']), lte(tokens.expiresAt, now)));

/** Whether this challenge was ours and still waits for its answer; from now on it does not. */
export async function claimChallenge(
  control: Control,
  challenge: string,
  { purpose, userId }: Question,
  now: number,
): Promise<boolean> {
  const hash = hashSecret(challenge);
  return control.turn(async (commit) => {
    const [token] = await control.sql.select().from(tokens).where(eq(tokens.hash, hash)).limit(1);
    const isOurs = token?.kind === 'challenge' && token.data === purpose && token.userId === userId;
    if (!isOurs || token.usedAt !== null || token.expiresAt <= now) {
      return false;
    }
    await commit('full', [control.sql.update(tokens).set({ usedAt: now }).where(eq(tokens.hash, hash))]);
    return true;
  });
}
