/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { isOpenToSignUps } from '#src/accounts/sign-up.ts';
import { addressGroup, clientAddressOf } from '#src/http/client-address.ts';
import { page } from '#src/http/page.ts';
import { requestIdOf } from '#src/http/request-id.ts';
import { forgiveWait } from '#src/http/request-log.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { Live } from '#src/live/live.ts';
import { readDisplay } from '#src/people/display.ts';
import type { MailPart } from '#src/people/mail-part.ts';
import { readEmail } from '#src/people/person.ts';
import { SignIn } from '#views/sessions/sign-in.tsx';
import { endedCookie } from './cookie.ts';
import { endSession, findSession, type SessionServices } from './find-session.ts';
import { readNext } from './next.ts';
import { beginSession, findByPassword, originOf } from './sign-in.ts';
import { createSignInDelay } from './sign-in-delay.ts';
import { signedIn } from './signed-in.ts';

type SignInServices = SessionServices & MailPart & { live: Pick<Live, 'revalidate'> };
type Parts = { wait?: (ms: number) => Promise<void> };

const Credentials = t.Object({
  email: t.Optional(t.String()),
  password: t.Optional(t.String()),
  next: t.Optional(t.String()),
});

/** Signing in and out. */
export const sessions = (services: SignInServices, { wait = Bun.sleep }: Parts = {}) => {
  const delay = createSignInDelay(services.now);
  const addressOf = clientAddressOf(services.config);

  return new Elysia({ name: 'sessions' })
    .get(
      '/login',
      async ({ request, query }) => {
        const next = readNext(query.next);
        if (await findSession(services, request)) {
          return seeOther(next);
        }
        return page(
          <SignIn
            next={next}
            hasEnded={query.ended !== undefined}
            hasSignUp={isOpenToSignUps(services)}
            display={readDisplay(request)}
          />,
        );
      },
      { query: t.Object({ next: t.Optional(t.String()), ended: t.Optional(t.String()) }) },
    )
    .post(
      '/login',
      async ({ request, body, server }) => {
        const { email = '', password = '' } = body;
        const next = readNext(body.next);
        const again = { email, next, display: readDisplay(request) };
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
        const token = user && (await beginSession(services, user, originOf(request, address)));
        if (token === null) {
          services.log.info({ requestId: requestIdOf(request), address }, 'a sign-in was refused');
          return page(<SignIn {...again} problem="mismatch" />, { status: 422 });
        }
        turn.succeeded();
        await endSession(services, request);
        return signedIn(token, next, services.config);
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
