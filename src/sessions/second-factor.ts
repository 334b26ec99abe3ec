import { eq } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { users } from '#src/db/schema/control.ts';
import { isRecoveryCode, readRecoveryCode } from './recovery-codes.ts';
import { hashSecret } from './secrets.ts';

/** What somebody has beside their password, as it is sealed. Whoever has a passkey or an app has one of these. */
export type SecondFactor = {
  /** Base32, shared with the authenticator app; null: they have only passkeys. */
  secret: string | null;
  /** The 30-second step of the last code that was used: neither it nor one before it works again. */
  lastStep: number;
  /** Hashes of the recovery codes that were not used. */
  recovery: readonly string[];
};

/** Loaded when the first code is asked for: most starts of the program never do. */
const library = () => import('otplib');

const STEP_S = 30;
/** A code is also taken a step early or late: people are slow, and clocks are off. */
const TOLERANCE_S = 30;

const aboutUser = (userId: number) => `second-factor/${userId}`;

export async function loadSecondFactor(control: Control, userId: number): Promise<SecondFactor | null> {
  const [row] = await control.sql
    .select({ sealed: users.secondFactor })
    .from(users)
    .where(eq(users.id, userId))
    .limit(1);
  return row?.sealed ? JSON.parse(control.keys.openText(row.sealed, aboutUser(userId))) : null;
}

/** As it is stored; nothing is left to store when there is neither an app nor a passkey. */
export function sealSecondFactor({ keys }: Control, userId: number, factor: SecondFactor): Uint8Array {
  return keys.seal(JSON.stringify(factor), aboutUser(userId));
}

/** 160 random bits, as RFC 4226 recommends. */
export async function newSecretOfApp(): Promise<string> {
  const { generateSecret } = await library();
  return generateSecret({ length: 20 });
}

/** What the QR code says (otpauth, as authenticator apps read it). */
export async function addressOfSecret(
  secret: string,
  { email, issuer }: { email: string; issuer: string },
): Promise<string> {
  const { generateURI } = await library();
  return generateURI({ issuer, label: email, secret });
}

/** The step whose code this is, if it was not used yet; null when the code does not fit (RFC 6238). */
export async function stepOfCode(
  { secret, lastStep }: Pick<SecondFactor, 'secret' | 'lastStep'>,
  typed: string,
  now: number,
): Promise<number | null> {
  const token = typed.replace(/\s/g, '');
  if (secret === null || !/^\d{6}$/.test(token)) {
    return null;
  }
  const epoch = Math.floor(now / 1000);
  // A last step that lies ahead was used before the clock was set back, and would keep its owner out until then.
  const isAhead = lastStep > Math.floor((epoch + TOLERANCE_S) / STEP_S);
  const after = isAhead || lastStep < 0 ? {} : { afterTimeStep: lastStep };
  const { verifySync } = await library();
  const result = verifySync({ secret, token, epoch, epochTolerance: TOLERANCE_S, ...after });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}

/** What is left of the factor once a code, or a recovery code, was used; null when it does not fit. */
export async function useCode(
  factor: SecondFactor,
  typed: string,
  now: number,
): Promise<SecondFactor | null> {
  if (isRecoveryCode(typed)) {
    const hash = hashSecret(readRecoveryCode(typed));
    const recovery = factor.recovery.filter((one) => one !== hash);
    return recovery.length < factor.recovery.length ? { ...factor, recovery } : null;
  }
  const step = await stepOfCode(factor, typed, now);
  return step === null ? null : { ...factor, lastStep: step };
}
