import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { eq } from 'drizzle-orm';
import { passkeys, users } from '#src/db/schema/control.ts';
import { Invalid, NotFound } from '#src/errors.ts';
import { readName } from '#src/people/person.ts';
import { optionsToRegister, readAnswer, verifyRegistration } from './authenticator.ts';
import { claimChallenge, newChallenge } from './challenges.ts';
import { changeCredentials } from './credentials.ts';
import type { DoorServices } from './door-services.ts';
import { type PasskeyRow, passkeysOf } from './passkeys.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import type { RelyingParty } from './relying-party.ts';
import { loadSecondFactor, sealSecondFactor } from './second-factor.ts';
import { letterTo, record, type Self } from './tell-owner.ts';

const MOST = 20;
const REFUSED = 'That passkey was not accepted. Try again, or use another way.';
const TOO_MANY = `You have ${MOST} passkeys. Remove one that you do not use first.`;

/** What the browser is to make a passkey from. */
export async function askForNewPasskey(
  { control, now }: DoorServices,
  party: RelyingParty,
  { userId, name }: Self,
): Promise<object> {
  const [user] = await control.sql.select().from(users).where(eq(users.id, userId)).limit(1);
  if (!user) {
    throw new NotFound(`user ${userId}`);
  }
  const challenge = await newChallenge(control, { purpose: 'register', userId }, now());
  const person = { userId, name, email: user.email };
  return optionsToRegister(party, challenge, person, await passkeysOf(control, userId));
}

type Mine = { viewer: Self; sessionHash: string };
type Made = { credential: string; name: string };

/**
 * Takes a new passkey in; all other sessions end. The first factor somebody has brings recovery codes, which are returned
 * to be shown once. Throws `Invalid` (`credential`).
 */
export async function registerPasskey(
  services: DoorServices,
  party: RelyingParty,
  { viewer, sessionHash }: Mine,
  { credential, name: given }: Made,
): Promise<string[] | null> {
  const { control, mail, now } = services;
  const { userId } = viewer;
  const made = await verified(services, party, userId, credential);
  const name = readName(given) ?? 'Passkey';
  await record(services, viewer, 'passkey.added', { name });
  const letter = { kind: 'second-factor-changed', change: 'passkey-added', at: now() } as const;
  const letters = await letterTo(services, userId, letter);
  const codes = await control.turn(async (commit) => {
    const factor = await loadSecondFactor(control, userId);
    const first = factor === null ? newRecoveryCodes() : null;
    const secondFactor =
      first && sealSecondFactor(control, userId, { secret: null, lastStep: -1, recovery: first.hashes });
    await commit('full', [
      control.sql.insert(passkeys).values({ ...made, id: control.nextId(), userId, name, createdAt: now() }),
      ...changeCredentials(control, { userId, sessionHash }, secondFactor ? { secondFactor } : {}),
      ...letters,
    ]);
    return first?.codes ?? null;
  });
  if (letters.length > 0) {
    mail?.wake();
  }
  await services.live.revalidate(userId);
  return codes;
}

type Key = Pick<PasskeyRow, 'credentialId' | 'publicKey' | 'counter' | 'transports'>;

async function verified(
  { control, now }: DoorServices,
  party: RelyingParty,
  userId: number,
  credential: string,
): Promise<Key> {
  const answer = readAnswer(credential);
  const question = { purpose: 'register', userId } as const;
  if (answer === null || !(await claimChallenge(control, answer.challenge, question, now()))) {
    throw new Invalid({ credential: REFUSED });
  }
  const made = await verifyRegistration(party, answer.challenge, answer.json as RegistrationResponseJSON);
  const known = await passkeysOf(control, userId);
  if (made === null || (await isTaken(control, made.id))) {
    throw new Invalid({ credential: REFUSED });
  } else if (known.length >= MOST) {
    throw new Invalid({ credential: TOO_MANY });
  }
  const { id, publicKey, counter, transports = [] } = made;
  return { credentialId: id, publicKey, counter, transports: transports.filter(isTransport).join(' ') };
}

/** A name such as `internal` or `usb`; the browser says it, and nothing proves it. */
const isTransport = (name: string) => /^[a-z-]{1,20}$/.test(name);

async function isTaken({ sql: db }: DoorServices['control'], credentialId: string): Promise<boolean> {
  const rows = await db
    .select({ id: passkeys.id })
    .from(passkeys)
    .where(eq(passkeys.credentialId, credentialId));
  return rows.length > 0;
}
