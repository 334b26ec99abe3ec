/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { Invalid, NotFound } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { RecoveryCodesPage } from '#views/sessions/recovery-codes-page.tsx';
import { words } from '#views/words/words.ts';
import { describeAgent } from './agent.ts';
import type { DoorServices } from './door-services.ts';
import { guessesOf, takeChallenge } from './guesses.ts';
import { removePasskey, renamePasskey } from './passkeys.ts';
import { demandProof } from './proof.ts';
import { askForNewPasskey, registerPasskey } from './register-passkey.ts';
import { relyingPartyOf } from './relying-party.ts';
import { factorPage } from './second-factor-view.tsx';
import { heldSession, session } from './session.ts';

const Id = t.Object({ id: t.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });

/** Somebody's own passkeys. */
export const ownPasskeys = (services: DoorServices) => {
  const { control, config, now } = services;

  const partyOf = (...asked: [Request, Parameters<typeof relyingPartyOf>[1]]) => {
    const party = relyingPartyOf(...asked, config);
    if (party === null) {
      throw new NotFound('there are no passkeys at this address');
    }
    return party;
  };

  const held = new Elysia({ name: 'passkeys-held', prefix: '/me/passkeys' })
    .use(heldSession(services))
    .post('/options', ({ viewer, request, server }) => {
      const party = partyOf(request, server);
      demandProof(viewer, now());
      takeChallenge(guessesOf(services), String(viewer.userId));
      return askForNewPasskey(services, party, viewer);
    })
    .post(
      '',
      async ({ viewer, sessionHash, isHeld, request, server, body }) => {
        const party = partyOf(request, server);
        demandProof(viewer, now());
        const { browser, system } = describeAgent(request.headers.get('user-agent'));
        const made = { credential: body.credential, name: words.door.device(browser, system) };
        try {
          const codes = await registerPasskey(services, party, { viewer, sessionHash }, made);
          if (codes === null) {
            return seeOther('/me/second-factor?said=added');
          }
          const account = await findAccount(control, viewer.accountId);
          return page(<RecoveryCodesPage person={viewer} account={account} codes={codes} />);
        } catch (error) {
          if (error instanceof Invalid) {
            return factorPage(services, { viewer, isHeld, request, server }, { errors: error.fields });
          }
          throw error;
        }
      },
      { body: t.Object({ credential: t.String({ maxLength: 65_536 }) }) },
    );

  const free = new Elysia({ name: 'passkeys-free', prefix: '/me/passkeys' })
    .use(session(services))
    .post(
      '/:id/name',
      async ({ viewer, sessionHash, isHeld, request, server, params, body }) => {
        const { id } = params;
        try {
          const name = body[`name-${id}`] ?? '';
          await renamePasskey(services, { viewer, sessionHash }, { id, name });
          return seeOther('/me/second-factor?said=named');
        } catch (error) {
          if (error instanceof Invalid) {
            const errors = { [`name-${id}`]: error.fields.name ?? '' };
            return factorPage(services, { viewer, isHeld, request, server }, { errors });
          }
          throw error;
        }
      },
      { params: Id, body: t.Record(t.String(), t.String({ maxLength: 1_024 })) },
    )
    .post(
      '/:id/removal',
      async ({ viewer, sessionHash, params }) => {
        demandProof(viewer, now());
        await removePasskey(services, { viewer, sessionHash }, params.id);
        return seeOther('/me/second-factor?said=off');
      },
      { params: Id },
    );

  return new Elysia({ name: 'own-passkeys' }).use(held).use(free);
};
