/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { Invalid, NotFound, Problem } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { EmailPage } from '#views/people/email-page.tsx';
import { LinkOver } from '#views/people/link-over.tsx';
import { Notice } from '#views/people/notice.tsx';
import { words } from '#views/words/words.ts';
import { confirmEmail, type EmailServices, openEmail } from './change-email.ts';
import { readDisplay } from './display.ts';
import { createDoorLimit } from './door-limit.ts';
import type { LinkState } from './links.ts';

const ByToken = t.Object({ token: t.String({ maxLength: 100 }) });

/** The link to a new address: opened there, it proves that the address is theirs. */
export const newEmail = (services: EmailServices) => {
  const limit = createDoorLimit(services.config, services.now);
  const over = (request: Request, state: 'unknown' | Exclude<LinkState, 'good'>) =>
    page(<LinkOver kind="email" state={state} display={readDisplay(request)} />, { status: 404 });

  async function open(token: string) {
    try {
      return await openEmail(services, token);
    } catch (error) {
      if (error instanceof NotFound) {
        return null;
      }
      throw error;
    }
  }

  return new Elysia({ name: 'new-email', prefix: '/email' })
    .get(
      '/:token',
      async ({ request, params }) => {
        const opened = await open(params.token);
        return opened?.state === 'good'
          ? page(<EmailPage token={params.token} email={opened.email} display={readDisplay(request)} />)
          : over(request, opened?.state ?? 'unknown');
      },
      { params: ByToken },
    )
    .post(
      '/:token',
      async ({ request, params, server }) => {
        limit.admit(request, server);
        const opened = await open(params.token);
        if (opened?.state !== 'good') {
          return over(request, opened?.state ?? 'unknown');
        }
        try {
          await confirmEmail(services, params.token);
        } catch (error) {
          if (error instanceof Invalid || (error instanceof Problem && error.type === 'link-over')) {
            return over(request, 'withdrawn');
          }
          throw error;
        }
        return page(
          <Notice title={words.emailPage.done} text={words.emailPage.doneText} display={readDisplay(request)}>
            <a class="btn btn--primary" href="/inbox">
              {words.emailPage.toInbox}
            </a>
          </Notice>,
        );
      },
      { params: ByToken },
    );
};
