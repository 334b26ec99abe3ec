/** @jsxImportSource preact */
import { setTimeout as pause } from 'node:timers/promises';
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { demand } from '#src/people/permission.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { TemplatesPage } from '#views/templates/templates-page.tsx';
import { listTemplates } from './list.ts';
import { syncAllSoon } from './sync.ts';

const short = t.Optional(t.String({ maxLength: 100 }));
/** A form waits so long for Meta, and then shows what there is. */
const LONGEST_MS = 10_000;

/** The account's templates as Meta has them; to be read only. */
export const templateList = (
  services: SessionServices & Pick<Services, 'accounts' | 'control' | 'templates' | 'now'>,
) =>
  new Elysia({ name: 'templates' })
    .use(session(services))
    .get(
      '/templates',
      async ({ viewer, query }) => {
        demand(viewer, 'conversations.read');
        const { q = '', language = '', category = '', status = '' } = query;
        const asked = { q: q.trim(), language, category, status };
        const account = await findAccount(services.control, viewer.accountId, viewer);
        const list = await services.accounts.use(viewer.accountId, (inbox) =>
          listTemplates(inbox, asked, services.now()),
        );
        return page(<TemplatesPage {...{ viewer, account, asked, list }} now={services.now()} />);
      },
      { query: t.Object({ q: short, language: short, category: short, status: short }) },
    )
    .post('/templates/sync', async ({ viewer }) => {
      demand(viewer, 'settings.manage');
      await services.accounts.use(viewer.accountId, (inbox) => syncAllSoon(inbox, services.now()));
      services.templates.poke(viewer.accountId);
      await Promise.race([services.templates.idle(), pause(LONGEST_MS, null, { ref: false })]);
      return seeOther('/templates');
    });
