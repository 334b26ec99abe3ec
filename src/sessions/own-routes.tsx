/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { SessionsPage } from '#views/sessions/sessions-page.tsx';
import type { DoorServices } from './door-services.ts';
import { MOST_SESSIONS } from './limits.ts';
import { endOtherSessions, endOwnSession, listSessions } from './own-sessions.ts';
import { readSaid } from './said.ts';
import { session } from './session.ts';

/** Where somebody is signed in. */
export const ownSessions = (services: DoorServices) =>
  new Elysia({ name: 'own-sessions', prefix: '/me/sessions' })
    .use(session(services))
    .get(
      '',
      async ({ viewer, sessionHash, query }) => {
        const account = await findAccount(services.control, viewer.accountId);
        const listed = await listSessions(services, { viewer, sessionHash });
        return page(
          <SessionsPage
            person={viewer}
            account={account}
            said={readSaid(query.said)}
            sessions={listed}
            most={MOST_SESSIONS}
            now={services.now()}
          />,
        );
      },
      { query: t.Object({ said: t.Optional(t.String()) }) },
    )
    .post('/others/ending', async ({ viewer, sessionHash }) => {
      await endOtherSessions(services, { viewer, sessionHash });
      return seeOther('/me/sessions?said=others-ended');
    })
    .post(
      '/:id/ending',
      async ({ viewer, sessionHash, params }) => {
        await endOwnSession(services, { viewer, sessionHash }, params.id);
        return seeOther('/me/sessions?said=ended');
      },
      { params: t.Object({ id: t.String({ maxLength: 64 }) }) },
    );
