/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { fragment, page, wantsFragment } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { demand } from '#src/people/permission.ts';
import type { Services } from '#src/services.ts';
import { session } from '#src/sessions/session.ts';
import { FailedChangeRow, JournalPage } from '#views/journal/journal-page.tsx';
import { listFailed, replay } from './replay.ts';

const PAGE = 50;
const Id = t.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** What could not be taken in, for those who look after the account, each with its Replay. */
export const journal = (services: Services) =>
  new Elysia({ name: 'journal' })
    .use(session(services))
    .get(
      '/settings/journal',
      async ({ viewer, query }) => {
        demand(viewer, 'settings.manage');
        const before = query.cursor === undefined ? {} : { before: query.cursor };
        const { changes, next } = await services.accounts.use(viewer.accountId, (inbox) =>
          listFailed(inbox, { ...before, limit: PAGE }),
        );
        const account = await findAccount(services.control, viewer.accountId, viewer);
        return page(
          <JournalPage
            viewer={viewer}
            account={account}
            changes={changes}
            next={next === null ? null : String(next)}
          />,
        );
      },
      { query: t.Object({ cursor: t.Optional(Id) }) },
    )
    .post(
      '/journal/:id/replays',
      async ({ request, viewer, params }) => {
        const failed = await services.accounts.use(viewer.accountId, (inbox) =>
          replay(services, inbox, params.id, viewer),
        );
        if (!wantsFragment(request)) {
          return seeOther('/settings/journal');
        }
        const { timeZone } = await findAccount(services.control, viewer.accountId, viewer);
        return fragment(
          failed === null ? [] : [<FailedChangeRow key={failed.id} change={failed} timeZone={timeZone} />],
        );
      },
      { params: t.Object({ id: Id }) },
    );
