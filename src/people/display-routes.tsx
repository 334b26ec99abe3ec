/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { DisplayPage } from '#views/people/display-page.tsx';
import { densities, displayCookie, themes } from './display.ts';

const Choice = t.Object({
  theme: t.Union(themes.map((name) => t.Literal(name))),
  density: t.Union(densities.map((name) => t.Literal(name))),
});

/** What somebody sets for themselves in this browser: how the pages look. */
export const me = (services: Pick<Services, 'control'> & SessionServices) =>
  new Elysia({ name: 'me', prefix: '/me' })
    .use(session(services))
    .get(
      '',
      async ({ viewer, query }) => {
        const { name } = await findAccount(services.control, viewer.accountId);
        return page(<DisplayPage viewer={viewer} account={name} isSaved={query.saved !== undefined} />);
      },
      { query: t.Object({ saved: t.Optional(t.String()) }) },
    )
    .post(
      '/display',
      ({ body }) => seeOther('/me?saved=1', { 'set-cookie': displayCookie(body, services.config) }),
      { body: Choice },
    );
