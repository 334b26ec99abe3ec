/** @jsxImportSource preact */
import { Elysia } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { NotFound, Unauthorized } from '#src/errors.ts';
import { fragment, page, wantsFragment } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { FigureServices } from '#src/ops/figures.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { findSession, type SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { OperatorPage, StandingPush } from '#views/operator/operator-page.tsx';
import { readStanding } from './standing.ts';

type OperatorServices = FigureServices & SessionServices;

/** How the install is doing, for the one who runs it; for everybody else there is nothing here. */
export const operator = (services: OperatorServices) =>
  new Elysia({ name: 'operator', prefix: '/operator' })
    // What a page asks by itself keeps nobody signed in.
    .get('/figures', async ({ request }) => {
      const found = await findSession(services, request, 'look');
      if (found === null) {
        throw new Unauthorized('nobody is signed in');
      }
      demandOperator(found.viewer);
      if (!wantsFragment(request)) {
        return seeOther('/operator');
      }
      const { timeZone } = await findAccount(services.control, found.viewer.accountId, found.viewer);
      return fragment(<StandingPush {...(await readStanding(services, timeZone))} />);
    })
    .use(session(services))
    .get('', async ({ viewer }) => {
      demandOperator(viewer);
      const account = await findAccount(services.control, viewer.accountId, viewer);
      const standing = await readStanding(services, account.timeZone);
      return page(<OperatorPage viewer={viewer} account={account} standing={standing} />);
    });

function demandOperator(viewer: Viewer): void {
  if (viewer.kind !== 'person' || viewer.isOperator !== true) {
    throw new NotFound('this viewer does not run the install');
  }
}
