/** @jsxImportSource preact */
import { Elysia } from 'elysia';
import { Invalid, NotFound } from '#src/errors.ts';
import { clientAddressOf } from '#src/http/client-address.ts';
import { page } from '#src/http/page.ts';
import { letInByLink } from '#src/sessions/enter.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { LinkExpired } from '#views/accounts/link-expired.tsx';
import { SetupPage } from '#views/accounts/setup-page.tsx';
import type { AccountServices } from './create-account.ts';
import { findFirstRun, finishFirstRun } from './first-run.ts';
import { byFormField, SetupForm, toNewAccount } from './setup-form.ts';

/** The first run: reached only through its single-use link. */
export const setup = (services: AccountServices & SessionServices) => {
  const addressOf = clientAddressOf(services.config);
  const overPage = () => page(<LinkExpired />, { status: 404 });

  return new Elysia({ name: 'setup', prefix: '/setup' })
    .get('/:token', async ({ params }) => {
      const link = await findFirstRun(services, params.token);
      return link === 'good' ? page(<SetupPage token={params.token} />) : overPage();
    })
    .post(
      '/:token',
      async ({ request, params, body, server }) => {
        const { token } = params;
        if ((await findFirstRun(services, token)) === 'over') {
          return overPage();
        }
        try {
          const { userId } = await finishFirstRun(services, token, toNewAccount(body));
          const address = addressOf(request, server);
          return (await letInByLink(services, request, { userId, address })) ?? overPage();
        } catch (error) {
          if (error instanceof Invalid) {
            const { password: _, ...values } = body;
            return page(<SetupPage token={token} values={values} errors={byFormField(error)} />, {
              status: 422,
            });
          } else if (error instanceof NotFound) {
            return overPage();
          }
          throw error;
        }
      },
      { body: SetupForm },
    );
};
