/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { isOpenToSignUps } from '#src/accounts/sign-up.ts';
import { AccountUnavailable } from '#src/errors.ts';
import { addressGroup, clientAddressOf } from '#src/http/client-address.ts';
import { page } from '#src/http/page.ts';
import { requestIdOf } from '#src/http/request-id.ts';
import { forgiveWait } from '#src/http/request-log.ts';
import { seeOther } from '#src/http/see-other.ts';
import { readDisplay } from '#src/people/display.ts';
import { readEmail } from '#src/people/person.ts';
import { SignIn } from '#views/sessions/sign-in.tsx';
import { endedCookie } from './cookie.ts';
import type { DoorServices } from './door-services.ts';
import { enter } from './enter.ts';
import { endSession, findHeldOrFree } from './find-session.ts';
import { readNext } from './next.ts';
import { relyingPartyOf } from './relying-party.ts';
import { findByPassword } from './sign-in.ts';
import { createSignInDelay } from './sign-in-delay.ts';

type Parts = { wait?: (ms: number) => Promise<void> };

const Text = t.Optional(t.String());
const Credentials = t.Object({ email: Text, password: Text, next: Text });

/** Signing in and out. */
export const sessions = (services: DoorServices, { wait = Bun.sleep }: Parts = {}) => {
  const delay = createSignInDelay(services.now);
  const addressOf = clientAddressOf(services.config);

  return new Elysia({ name: 'sessions' })
    .get(
      '/login',
      async ({ request, query, server }) => {
        const next = readNext(query.next);
        // Whose business cannot be opened may have another one to sign in to.
        const found = await findHeldOrFree(services, request).catch((error) => {
          if (error instanceof AccountUnavailable) {
            return null;
          }
          throw error;
        });
        if (found !== null) {
          return seeOther(found.isHeld ? '/me/second-factor' : next);
        }
        const problem = query.over === undefined ? {} : { problem: 'over' as const };
        return page(
          <SignIn
            next={next}
            hasEnded={query.ended !== undefined}
            hasSignUp={isOpenToSignUps(services)}
            takesPasskeys={relyingPartyOf(request, server, services.config) !== null}
            display={readDisplay(request)}
            {...problem}
          />,
        );
      },
      { query: t.Object({ next: Text, ended: Text, over: Text }) },
    )
    .post(
      '/login',
      async ({ request, body, server }) => {
        const { email = '', password = '' } = body;
        const next = readNext(body.next);
        const takesPasskeys = relyingPartyOf(request, server, services.config) !== null;
        const again = { email, next, takesPasskeys, display: readDisplay(request) };
        const address = addressOf(request, server);
        const turn = delay.take(readEmail(email) ?? 'nobody', addressGroup(address));
        if (turn.isRefused) {
          const waitSeconds = Math.ceil(turn.retryAfterMs / 1000);
          const headers = { 'retry-after': String(waitSeconds) };
          return page(<SignIn {...again} problem={{ waitSeconds }} />, {
            status: 429,
            headers,
          });
        }
        if (turn.waitMs > 0) {
          await wait(turn.waitMs);
          forgiveWait(request, turn.waitMs);
        }
        const user = await findByPassword(services.control, { email, password });
        const entered = user && (await enter(services, user, { request, address, next }));
        if (entered === null) {
          services.log.info({ requestId: requestIdOf(request), address }, 'a sign-in was refused');
          return page(<SignIn {...again} problem="mismatch" />, { status: 422 });
        }
        turn.succeeded();
        return entered;
      },
      { body: Credentials },
    )
    .post('/logout', async ({ request }) => {
      await endSession(services, request);
      return seeOther('/login?ended=1', {
        'set-cookie': endedCookie(services.config),
        'clear-site-data': '"cache", "storage"',
      });
    });
};
