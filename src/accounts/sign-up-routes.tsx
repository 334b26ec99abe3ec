/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { Invalid, NotFound } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { requestIdOf } from '#src/http/request-id.ts';
import { readDisplay } from '#src/people/display.ts';
import { createDoorLimit } from '#src/people/door-limit.ts';
import { readEmail, readName, whyNot } from '#src/people/person.ts';
import { letInByLink } from '#src/sessions/enter.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { SetupPage } from '#views/accounts/setup-page.tsx';
import { SignUpPage } from '#views/accounts/sign-up-page.tsx';
import { LinkOver } from '#views/people/link-over.tsx';
import { Notice } from '#views/people/notice.tsx';
import { words } from '#views/words/words.ts';
import { byFormField, SetupForm, toNewAccount } from './setup-form.ts';
import { askToSignUp, finishSignUp, isOpenToSignUps, openSignUp, type SignUpServices } from './sign-up.ts';

const Text = t.Optional(t.String());
const ByToken = t.Object({ token: t.String({ maxLength: 100 }) });

/** Strangers make a business of their own, where the install is open to them. */
export const signUp = (services: SignUpServices & SessionServices) => {
  const { config, now, log } = services;
  const limit = createDoorLimit(config, now);

  /** Where nobody may sign up there is no such page. */
  function mustBeOpen(): void {
    if (!isOpenToSignUps(services)) {
      throw new NotFound('sign-ups are not open here');
    }
  }

  const over = (request: Request, state: Parameters<typeof LinkOver>[0]['state']) =>
    page(<LinkOver kind="confirm" state={state} display={readDisplay(request)} />, { status: 404 });

  async function open(token: string) {
    mustBeOpen();
    try {
      return await openSignUp(services, token);
    } catch (error) {
      if (error instanceof NotFound) {
        return null;
      }
      throw error;
    }
  }

  return new Elysia({ name: 'sign-up', prefix: '/signup' })
    .get('', ({ request }) => {
      mustBeOpen();
      return page(<SignUpPage display={readDisplay(request)} />);
    })
    .post(
      '',
      ({ request, body, server }) => {
        mustBeOpen();
        const given = { email: body?.email ?? '', name: body?.name ?? '' };
        const display = readDisplay(request);
        const email = readEmail(given.email);
        const name = readName(given.name);
        const isTooOften = limit.isTooOften(request, server);
        if (isTooOften || email === null || name === null) {
          const errors = isTooOften
            ? { email: words.signUp.wait }
            : {
                ...(name === null ? { name: whyNot.name } : {}),
                ...(email === null ? { email: whyNot.email } : {}),
              };
          return page(<SignUpPage {...given} errors={errors} display={display} />, {
            status: isTooOften ? 429 : 422,
            headers: isTooOften ? { 'retry-after': '60' } : {},
          });
        }
        // Begun after the answer: how long it takes would say whether somebody signs in with this address.
        setImmediate(() => {
          if (!limit.isFlooded(email)) {
            askToSignUp(services, { email, name }).catch((err) =>
              log.error({ requestId: requestIdOf(request), err }, 'a link for a sign-up was not made'),
            );
          }
        });
        return page(
          <Notice title={words.signUp.sent} text={words.signUp.sentText} display={display}>
            <a class="btn" href="/login">
              {words.signUp.back}
            </a>
          </Notice>,
        );
      },
      { body: t.Optional(t.Object({ email: Text, name: Text })) },
    )
    .get(
      '/:token',
      async ({ request, params }) => {
        const opened = await open(params.token);
        if (opened?.state !== 'good') {
          return over(request, opened?.state ?? 'unknown');
        }
        const { name, email } = opened;
        return page(
          <SetupPage token={params.token} confirmed={email} values={{ account_name: name, email }} />,
        );
      },
      { params: ByToken },
    )
    .post(
      '/:token',
      async ({ request, params, body, server }) => {
        const { token } = params;
        const opened = await open(token);
        limit.admit(request, server);
        if (opened?.state !== 'good') {
          return over(request, opened?.state ?? 'unknown');
        }
        try {
          const { userId } = await finishSignUp(services, token, toNewAccount(body));
          const address = limit.addressOf(request, server);
          return (await letInByLink(services, request, { userId, address })) ?? over(request, 'used');
        } catch (error) {
          if (error instanceof Invalid) {
            const { password: _, ...values } = body;
            const shown = { values: { ...values, email: opened.email }, errors: byFormField(error) };
            return page(<SetupPage token={token} confirmed={opened.email} {...shown} />, { status: 422 });
          } else if (error instanceof NotFound) {
            return over(request, 'used');
          }
          throw error;
        }
      },
      { params: ByToken, body: SetupForm },
    );
};
