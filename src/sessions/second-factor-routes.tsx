/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { Invalid } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { RecoveryCodesPage } from '#views/sessions/recovery-codes-page.tsx';
import { SecretPage } from '#views/sessions/secret-page.tsx';
import { words } from '#views/words/words.ts';
import { confirmApp, renewRecoveryCodes, startApp, startedSecret, turnOffApp } from './authenticator-app.ts';
import type { DoorServices } from './door-services.ts';
import { emailOf } from './email-of.ts';
import { guessesOf } from './guesses.ts';
import { demandProof } from './proof.ts';
import { addressOfSecret } from './second-factor.ts';
import { factorPage } from './second-factor-view.tsx';
import { heldSession, session } from './session.ts';
import type { Self } from './tell-owner.ts';

const QUIET_ZONE = 4;

type Mine = { viewer: Self; sessionHash: string; isHeld: boolean };

/** An authenticator app and recovery codes: what somebody has beside their password. */
export const secondFactor = (services: DoorServices) => {
  const { control, now } = services;
  const guesses = guessesOf(services);

  async function secretPage(mine: Mine, error?: string, status = 422): Promise<Response> {
    const secret = startedSecret(services, mine);
    if (secret === null) {
      return seeOther('/me/second-factor');
    }
    const { viewer, isHeld } = mine;
    const account = await findAccount(control, viewer.accountId);
    const email = await emailOf(control, viewer.userId);
    const address = await addressOfSecret(secret, { email, issuer: words.product });
    const { encode } = await import('uqr');
    const qr = encode(address, { ecc: 'M', border: QUIET_ZONE }).data;
    const view = (
      <SecretPage person={viewer} account={account} isHeld={isHeld} secret={secret} qr={qr} error={error} />
    );
    return page(view, { status: error === undefined ? 200 : status });
  }

  async function codesPage(viewer: Self, codes: readonly string[]): Promise<Response> {
    const account = await findAccount(control, viewer.accountId);
    return page(<RecoveryCodesPage person={viewer} account={account} codes={codes} />);
  }

  const held = new Elysia({ name: 'second-factor-held', prefix: '/me/second-factor' })
    .use(heldSession(services))
    .get(
      '',
      ({ viewer, isHeld, request, server, query }) =>
        factorPage(services, { viewer, isHeld, request, server }, { said: query.said }),
      { query: t.Object({ said: t.Optional(t.String()) }) },
    )
    .get('/secret', ({ viewer, sessionHash, isHeld }) => secretPage({ viewer, sessionHash, isHeld }))
    .post('/secret', async ({ viewer, sessionHash }) => {
      demandProof(viewer, now());
      await startApp(services, { viewer, sessionHash });
      return seeOther('/me/second-factor/secret');
    })
    .post(
      '',
      async ({ viewer, sessionHash, isHeld, body }) => {
        const mine = { viewer, sessionHash, isHeld };
        const waitMs = guesses.codes.take(String(viewer.userId));
        if (waitMs > 0) {
          return secretPage(mine, words.door.wait(Math.ceil(waitMs / 1000)), 429);
        }
        try {
          const codes = await confirmApp(services, mine, body.code ?? '');
          return codes === null ? seeOther('/me/second-factor?said=on') : codesPage(viewer, codes);
        } catch (error) {
          if (error instanceof Invalid) {
            return secretPage(mine, error.fields.code);
          }
          throw error;
        }
      },
      { body: t.Object({ code: t.Optional(t.String({ maxLength: 64 })) }) },
    );

  const free = new Elysia({ name: 'second-factor-free', prefix: '/me/second-factor' })
    .use(session(services))
    .post('/removal', async ({ viewer, sessionHash }) => {
      demandProof(viewer, now());
      await turnOffApp(services, { viewer, sessionHash });
      return seeOther('/me/second-factor?said=off');
    })
    .post('/recovery-codes', async ({ viewer, sessionHash }) => {
      demandProof(viewer, now());
      return codesPage(viewer, await renewRecoveryCodes(services, { viewer, sessionHash }));
    });

  return new Elysia({ name: 'second-factor' }).use(held).use(free);
};
