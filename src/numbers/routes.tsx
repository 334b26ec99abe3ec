/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { demand } from '#src/people/permission.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { NumbersPage } from '#views/numbers/numbers-page.tsx';
import { countOthers, dismissNotice } from './account-event.ts';
import { resumeNumber } from './resumption.ts';
import { showNumber } from './show-number.tsx';
import { listStandings } from './standing.ts';

const Id = t.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** How the numbers of the business stand at WhatsApp, for those who look after it. */
export const numberPages = (services: SessionServices & Pick<Services, 'delivery' | 'live'>) => {
  const { accounts, control, delivery, live, now } = services;
  return new Elysia({ name: 'numbers' })
    .use(session(services))
    .get('/numbers', async ({ viewer }) => {
      demand(viewer, 'settings.manage');
      const account = await findAccount(control, viewer.accountId, viewer);
      const shown = await accounts.use(viewer.accountId, async (inbox) => ({
        numbers: await listStandings(inbox),
        others: await countOthers(inbox),
      }));
      return page(<NumbersPage viewer={viewer} account={account} {...shown} />);
    })
    .get(
      '/numbers/:id',
      ({ viewer, params, query }) => showNumber(services, viewer, { id: params.id, cursor: query.cursor }),
      { params: t.Object({ id: Id }), query: t.Object({ cursor: t.Optional(t.String()) }) },
    )
    .post(
      '/numbers/:id/resumption',
      async ({ viewer, params }) => {
        demand(viewer, 'settings.manage');
        await accounts.use(viewer.accountId, async (inbox) =>
          live.publish(inbox, await resumeNumber(inbox, params.id, viewer, now())),
        );
        delivery.poke(viewer.accountId);
        return seeOther(`/numbers/${params.id}`);
      },
      { params: t.Object({ id: Id }) },
    )
    .post(
      '/notices/:id/dismissal',
      async ({ viewer, params }) => {
        demand(viewer, 'settings.manage');
        await accounts.use(viewer.accountId, (inbox) => dismissNotice(inbox, params.id, viewer, now()));
        return seeOther('/inbox');
      },
      { params: t.Object({ id: Id }) },
    );
};
