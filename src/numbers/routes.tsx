/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { readCursor, writeCursor } from '#src/conversations/cursor.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { demand } from '#src/people/permission.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { NumberPage } from '#views/numbers/number-page.tsx';
import { NumbersPage } from '#views/numbers/numbers-page.tsx';
import { countOthers, dismissNotice, listAccountEvents } from './account-event.ts';
import { resumeNumber } from './resumption.ts';
import { findStanding, listStandings } from './standing.ts';
import { FREE_SERVICE_MESSAGES, loadUse } from './use.ts';

const PAGE = 50;
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
      async ({ viewer, params, query }) => {
        demand(viewer, 'settings.manage');
        const account = await findAccount(control, viewer.accountId, viewer);
        const [at, id] = query.cursor === undefined ? [] : readCursor(query.cursor, 2, 'cursor');
        const before = at === undefined || id === undefined ? undefined : { at, id };
        const shown = await accounts.use(viewer.accountId, async (inbox) => {
          const number = await findStanding(inbox, params.id);
          const { events, hasMore } = await listAccountEvents(inbox, number, { before, limit: PAGE });
          const last = events.at(-1);
          return {
            number,
            events,
            next: hasMore && last ? writeCursor([last.at, last.id]) : null,
            use: await loadUse(inbox, number.id, now()),
          };
        });
        return page(
          <NumberPage
            viewer={viewer}
            account={account}
            freeMessages={FREE_SERVICE_MESSAGES}
            now={now()}
            {...shown}
          />,
        );
      },
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
