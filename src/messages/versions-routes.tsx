/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { page } from '#src/http/page.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { VersionsPage } from '#views/messages/versions-page.tsx';
import { findVersions } from './versions.ts';

type VersionServices = Pick<Services, 'accounts' | 'control' | 'now'> & SessionServices;

/** What messages said before their sender changed or deleted them. */
export const versions = (services: VersionServices) =>
  new Elysia({ name: 'versions' }).use(session(services)).get(
    '/messages/:id/versions',
    async ({ viewer, params }) => {
      const found = await services.accounts.use(viewer.accountId, (inbox) =>
        findVersions(inbox, idFrom(params.id), viewer),
      );
      const account = await findAccount(services.control, viewer.accountId, viewer);
      return page(<VersionsPage {...found} viewer={viewer} account={account} now={services.now()} />);
    },
    { params: t.Object({ id: t.String() }) },
  );
