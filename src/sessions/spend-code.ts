import { eq } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import { users } from '#src/db/schema/control.ts';
import { loadSecondFactor, sealSecondFactor, useCode } from './second-factor.ts';

/**
 * What to write once somebody has used this code, or null when it does not fit. Only inside a control turn, and
 * written in it: of two requests with the same code one comes second, and finds it used.
 */
export async function spendCode(
  control: Control,
  { userId, typed, now }: { userId: number; typed: string; now: number },
): Promise<Statement[] | null> {
  const factor = await loadSecondFactor(control, userId);
  const left = factor && (await useCode(factor, typed, now));
  if (left === null) {
    return null;
  }
  const secondFactor = sealSecondFactor(control, userId, left);
  return [control.sql.update(users).set({ secondFactor }).where(eq(users.id, userId))];
}
