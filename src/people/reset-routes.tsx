/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { Invalid, NotFound, Problem } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { requestIdOf } from '#src/http/request-id.ts';
import { seeOther } from '#src/http/see-other.ts';
import { ForgotPage, ResetPage } from '#views/people/forgot-page.tsx';
import { LinkOver } from '#views/people/link-over.tsx';
import { Notice } from '#views/people/notice.tsx';
import { words } from '#views/words/words.ts';
import { readDisplay } from './display.ts';
import { createDoorLimit } from './door-limit.ts';
import { Text } from './form.ts';
import type { LinkState } from './links.ts';
import { canMailLinks } from './mail-part.ts';
import { readEmail, whyNot } from './person.ts';
import { finishReset, mailReset, openReset, type ResetServices } from './reset-password.ts';

const ByToken = t.Object({ token: t.String({ maxLength: 100 }) });

/** A new password for somebody who has lost theirs. */
export const passwords = (services: ResetServices) => {
  const { config, now, log } = services;
  const limit = createDoorLimit(config, now);

  const toDoor = (text: string) => (
    <a class="btn" href="/login">
      {text}
    </a>
  );
  const noMail = (request: Request) =>
    page(
      <Notice title={words.forgot.noMail} text={words.forgot.noMailText} display={readDisplay(request)}>
        {toDoor(words.forgot.back)}
      </Notice>,
    );
  const over = (request: Request, state: 'unknown' | Exclude<LinkState, 'good'>) =>
    page(<LinkOver kind="reset" state={state} display={readDisplay(request)} />, { status: 404 });

  async function open(token: string) {
    try {
      return await openReset(services, token);
    } catch (error) {
      if (error instanceof NotFound) {
        return null;
      }
      throw error;
    }
  }

  return new Elysia({ name: 'passwords' })
    .get('/forgot', ({ request }) =>
      canMailLinks(services) ? page(<ForgotPage display={readDisplay(request)} />) : noMail(request),
    )
    .post(
      '/forgot',
      ({ request, body, server }) => {
        const { email = '' } = body ?? {};
        const display = readDisplay(request);
        if (!canMailLinks(services)) {
          return noMail(request);
        } else if (limit.isTooOften(request, server)) {
          const errors = { email: words.forgot.wait };
          return page(<ForgotPage email={email} errors={errors} display={display} />, {
            status: 429,
            headers: { 'retry-after': '60' },
          });
        }
        const address = readEmail(email);
        if (address === null) {
          const errors = { email: whyNot.email };
          return page(<ForgotPage email={email} errors={errors} display={display} />, { status: 422 });
        }
        // Begun after the answer: how long it takes would say whether somebody signs in with this address.
        setImmediate(() => {
          if (!limit.isFlooded(address)) {
            mailReset(services, address).catch((err) =>
              log.error({ requestId: requestIdOf(request), err }, 'a link for a new password was not made'),
            );
          }
        });
        return page(
          <Notice title={words.forgot.sent} text={words.forgot.sentText} display={display}>
            {toDoor(words.forgot.back)}
          </Notice>,
        );
      },
      { body: t.Optional(t.Object({ email: Text })) },
    )
    .get('/reset', ({ request }) =>
      page(
        <Notice title={words.reset.done} text={words.reset.doneText} display={readDisplay(request)}>
          <a class="btn btn--primary" href="/login">
            {words.reset.signIn}
          </a>
        </Notice>,
      ),
    )
    .get(
      '/reset/:token',
      async ({ request, params }) => {
        const opened = await open(params.token);
        if (opened?.state !== 'good') {
          return over(request, opened?.state ?? 'unknown');
        }
        const { email } = opened.user;
        return page(<ResetPage token={params.token} email={email} display={readDisplay(request)} />);
      },
      { params: ByToken },
    )
    .post(
      '/reset/:token',
      async ({ request, params, body, server }) => {
        limit.admit(request, server);
        const { token } = params;
        const { password = '' } = body ?? {};
        const opened = await open(token);
        if (opened?.state !== 'good') {
          return over(request, opened?.state ?? 'unknown');
        }
        try {
          await finishReset(services, token, { password, address: limit.addressOf(request, server) });
          return seeOther('/reset');
        } catch (error) {
          if (error instanceof Invalid) {
            const props = { token, email: opened.user.email, display: readDisplay(request) };
            return page(<ResetPage {...props} errors={{ ...error.fields }} />, { status: 422 });
          } else if (error instanceof Problem && error.type === 'link-over') {
            return over(request, 'used');
          }
          throw error;
        }
      },
      { params: ByToken, body: t.Optional(t.Object({ password: Text })) },
    );
};
