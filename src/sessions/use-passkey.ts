import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { eq } from 'drizzle-orm';
import { passkeys } from '#src/db/schema/control.ts';
import { optionsToAsk, readAnswer, verifyAnswer } from './authenticator.ts';
import { claimChallenge, newChallenge, type Question } from './challenges.ts';
import type { DoorServices } from './door-services.ts';
import { passkeysOf } from './passkeys.ts';
import type { RelyingParty } from './relying-party.ts';

type Ask = Pick<DoorServices, 'control' | 'now'>;

/** What the browser is to ask a passkey for. */
export async function askForPasskey(
  { control, now }: Ask,
  party: RelyingParty,
  question: Question,
): Promise<object> {
  const known = question.userId === null ? [] : await passkeysOf(control, question.userId);
  return optionsToAsk(party, await newChallenge(control, question, now()), known);
}

/** Whose passkey answered the question, or null when the answer does not hold. It is noted as used. */
export async function acceptPasskey(
  { control, now }: Ask,
  party: RelyingParty,
  question: Question,
  credential: string,
): Promise<number | null> {
  const answer = readAnswer(credential);
  if (answer === null || !(await claimChallenge(control, answer.challenge, question, now()))) {
    return null;
  }
  const byId = eq(passkeys.credentialId, answer.id);
  const [passkey] = await control.sql.select().from(passkeys).where(byId).limit(1);
  if (!passkey || (question.userId !== null && passkey.userId !== question.userId)) {
    return null;
  }
  const response = answer.json as AuthenticationResponseJSON;
  const counter = await verifyAnswer(party, answer.challenge, response, passkey);
  if (counter === null) {
    return null;
  }
  return control.turn(async (commit) => {
    const [still] = await control.sql.select().from(passkeys).where(byId).limit(1);
    // Another answer of the same passkey came in between: one of the two is a copy's.
    if (still?.counter !== passkey.counter) {
      return null;
    }
    await commit('full', [control.sql.update(passkeys).set({ counter, usedAt: now() }).where(byId)]);
    return passkey.userId;
  });
}
