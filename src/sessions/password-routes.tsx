/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { Invalid } from '#src/errors.ts';
import { addressGroup } from '#src/http/client-address.ts';
import { page } from '#src/http/page.ts';
import { forgiveWait } from '#src/http/request-log.ts';
import { seeOther } from '#src/http/see-other.ts';
import { PasswordPage } from '#views/sessions/password-page.tsx';
import { words } from '#views/words/words.ts';
import { changePassword } from './change-password.ts';
import type { DoorServices } from './door-services.ts';
import { emailOf } from './email-of.ts';
import { guessesOf } from './guesses.ts';
import { readSaid } from './said.ts';
import { session } from './session.ts';
import type { Self } from './tell-owner.ts';

const Text = t.Optional(t.String());

type Parts = { wait?: (ms: number) => Promise<void> };

/** Somebody's own password. */
export const ownPassword = (services: DoorServices, { wait = Bun.sleep }: Parts = {}) => {
  const guesses = guessesOf(services);

  async function pageFor(viewer: Self, said: string | undefined, errors?: Record<string, string>) {
    const account = await findAccount(services.control, viewer.accountId);
    const email = await emailOf(services.control, viewer.userId);
    const known = errors === undefined ? {} : { errors };
    return <PasswordPage person={viewer} account={account} said={readSaid(said)} email={email} {...known} />;
  }

  return new Elysia({ name: 'own-password', prefix: '/me/password' })
    .use(session(services))
    .get('', async ({ viewer, query }) => page(await pageFor(viewer, query.said)), {
      query: t.Object({ said: Text }),
    })
    .post(
      '',
      async ({ viewer, sessionHash, request, body }) => {
        const { old_password: oldPassword = '', new_password: newPassword = '' } = body;
        const turn = guesses.passwords.take(String(viewer.userId), addressGroup(viewer.address ?? ''));
        if (turn.isRefused) {
          const waitText = words.door.wait(Math.ceil(turn.retryAfterMs / 1000));
          return page(await pageFor(viewer, undefined, { old_password: waitText }), { status: 429 });
        }
        if (turn.waitMs > 0) {
          await wait(turn.waitMs);
          forgiveWait(request, turn.waitMs);
        }
        try {
          await changePassword(services, { viewer, sessionHash }, { oldPassword, newPassword });
          turn.succeeded();
          return seeOther('/me/password?said=changed');
        } catch (error) {
          if (!(error instanceof Invalid)) {
            throw error;
          }
          if (error.fields.old_password === undefined) {
            turn.succeeded();
          }
          return page(await pageFor(viewer, undefined, error.fields), { status: 422 });
        }
      },
      { body: t.Object({ old_password: Text, new_password: Text, email: Text }) },
    );
};
