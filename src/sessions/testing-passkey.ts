import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What may be wrong with an answer, for tests of who is kept out. */
export type Flaws = {
  origin?: string;
  rpId?: string;
  type?: string;
  /** Nobody was asked for a finger or a PIN. */
  isUnverified?: boolean;
  counter?: number;
  userHandle?: string;
  challenge?: string;
  key?: KeyObject;
};

/** An authenticator in software (Web Authentication, §6), which signs whatever a test wants it to. */
export function createAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  const name = id.toString('base64url');
  let counter = 0;

  const clientData = (type: string, challenge: string, flaws: Flaws) =>
    Buffer.from(
      JSON.stringify({
        type: flaws.type ?? type,
        challenge: flaws.challenge ?? challenge,
        origin: flaws.origin ?? origin,
        crossOrigin: false,
      }),
    );

  /** §6.1: the hash of the party, flags, counter, and what is attested. */
  function authenticatorData(flaws: Flaws, attested: Buffer | null): Buffer {
    counter += 1;
    const head = Buffer.alloc(5);
    head.writeUInt8(PRESENT | (flaws.isUnverified ? 0 : VERIFIED) | (attested ? ATTESTED : 0), 0);
    head.writeUInt32BE(flaws.counter ?? counter, 1);
    const party = createHash('sha256')
      .update(flaws.rpId ?? 'localhost')
      .digest();
    return Buffer.concat([party, head, attested ?? Buffer.alloc(0)]);
  }

  return {
    name,
    register(options: { challenge: string }, flaws: Flaws = {}): string {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const cose = Buffer.concat([
        // A COSE key: EC2, ES256, P-256, and its coordinates.
        Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32]),
        Buffer.from(x, 'base64url'),
        Buffer.from([0x22, 0x58, 32]),
        Buffer.from(y, 'base64url'),
      ]);
      const data = authenticatorData(flaws, Buffer.concat([Buffer.alloc(16), length, id, cose]));
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        Buffer.from([0xa0]),
        cborText('authData'),
        Buffer.from([0x59, data.length >> 8, data.length & 0xff]),
        data,
      ]);
      return credential({
        clientDataJSON: clientData('webauthn.create', options.challenge, flaws).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      });
    },
    answer(options: { challenge: string }, flaws: Flaws = {}): string {
      const data = authenticatorData(flaws, null);
      const client = clientData('webauthn.get', options.challenge, flaws);
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
      return credential({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, flaws.key ?? privateKey).toString('base64url'),
        ...(flaws.userHandle === undefined ? {} : { userHandle: flaws.userHandle }),
      });
    },
  };

  function credential(response: object): string {
    return JSON.stringify({
      id: name,
      rawId: name,
      type: 'public-key',
      clientExtensionResults: {},
      response,
    });
  }
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)]);
