import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from '@simplewebauthn/server';
import type { PasskeyRow } from './passkeys.ts';
import type { RelyingParty } from './relying-party.ts';

// The only file that knows @simplewebauthn/server, which is loaded when the first passkey is asked for. One of its parts
// wants `Reflect` extended first, and says so in a file that the bundler puts too late.
async function library() {
  await import('reflect-metadata');
  return import('@simplewebauthn/server');
}

const PRODUCT = 'OonoBox';
/** What an authenticator calls a passkey: up to 1023 bytes (Web Authentication, §4), base64url. */
const ID = /^[\w-]{1,1364}$/;
const PATIENCE_MS = 5 * 60_000;

type Person = { userId: number; email: string; name: string };

/** What the browser is to make a passkey from: one that finds its owner by itself, and knows them when it is used. */
export async function optionsToRegister(
  party: RelyingParty,
  challenge: string,
  { userId, email, name }: Person,
  known: readonly PasskeyRow[],
): Promise<object> {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: PRODUCT,
    rpID: party.id,
    userID: handleOf(userId),
    userName: email,
    userDisplayName: name,
    challenge: bytesOf(challenge),
    timeout: PATIENCE_MS,
    attestationType: 'none',
    excludeCredentials: known.map(asDescriptor),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** What the browser is to ask a passkey for: one of these, or, without any, whichever its owner picks. */
export async function optionsToAsk(
  party: RelyingParty,
  challenge: string,
  known: readonly PasskeyRow[],
): Promise<object> {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: party.id,
    challenge: bytesOf(challenge),
    timeout: PATIENCE_MS,
    userVerification: 'required',
    allowCredentials: known.map(asDescriptor),
  });
}

/** The new passkey, or null when what the browser handed over does not hold. */
export async function verifyRegistration(
  party: RelyingParty,
  challenge: string,
  response: RegistrationResponseJSON,
): Promise<WebAuthnCredential | null> {
  const { verifyRegistrationResponse } = await library();
  try {
    const result = await verifyRegistrationResponse({ response, ...expected(party, challenge) });
    return result.verified ? result.registrationInfo.credential : null;
  } catch {
    return null;
  }
}

/** The passkey's new counter, or null when the answer does not hold, or the counter did not go on. */
export async function verifyAnswer(
  party: RelyingParty,
  challenge: string,
  response: AuthenticationResponseJSON,
  { credentialId, publicKey, counter, userId }: PasskeyRow,
): Promise<number | null> {
  const { verifyAuthenticationResponse } = await library();
  const handle = response.response?.userHandle;
  if (handle != null && handle !== Buffer.from(handleOf(userId)).toString('base64url')) {
    return null;
  }
  try {
    const credential = { id: credentialId, publicKey: new Uint8Array(publicKey), counter };
    const result = await verifyAuthenticationResponse({
      response,
      credential,
      ...expected(party, challenge),
    });
    return result.verified ? result.authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}

const expected = ({ id, origin }: RelyingParty, challenge: string) => ({
  expectedChallenge: challenge,
  expectedOrigin: origin,
  expectedRPID: id,
  requireUserVerification: true,
});

/** What an answer claims, before anything of it is proven; null when it is none. */
export function readAnswer(text: string): { id: string; challenge: string; json: unknown } | null {
  const json = parse(text);
  if (!isObject(json) || typeof json.id !== 'string' || !ID.test(json.id) || !isObject(json.response)) {
    return null;
  }
  const { clientDataJSON } = json.response;
  const said = parse(Buffer.from(String(clientDataJSON ?? ''), 'base64url').toString());
  return isObject(said) && typeof said.challenge === 'string'
    ? { id: json.id, challenge: said.challenge, json }
    : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const bytesOf = (challenge: string) => new Uint8Array(Buffer.from(challenge, 'base64url'));

/** Names its owner to the authenticator, without saying anything about them. */
const handleOf = (userId: number) =>
  new Uint8Array(new Bun.CryptoHasher('sha256').update(`oonobox/passkey/${userId}`).digest());

const asDescriptor = ({ credentialId, transports }: PasskeyRow) => ({
  id: credentialId,
  transports: transports.split(' ').filter(Boolean),
});
