/** @jsxImportSource preact */
import { setTimeout as pause } from 'node:timers/promises';
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { NotFound, Problem } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { createRateLimit } from '#src/http/rate-limit.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { MailPage } from '#views/mail/mail-page.tsx';
import { countMails, findMail, listMails } from './list-mails.ts';
import { addressOf, makeDue, queueTest } from './try-again.ts';

const PAGE = 50;
/** A form waits so long for the mail server, and then says that it takes its time. */
const LONGEST_MS = 15_000;
const TESTS = { perSecond: 1 / 20, burst: 5 };
const Id = t.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

/** What this server has sent by mail, for the one who runs it; for everybody else there is nothing here. */
export const mail = (services: SessionServices & Pick<Services, 'mail'>) => {
  const tests = createRateLimit({ ...TESTS, now: services.now });
  return new Elysia({ name: 'mail' })
    .onStart(() => services.mail.start())
    .use(session(services))
    .get(
      '/settings/mail',
      async ({ viewer, query }) => {
        demandOperator(viewer);
        const { control, config } = services;
        const { rows, next } = await listMails(control, { before: query.cursor, limit: PAGE });
        return page(
          <MailPage
            viewer={viewer}
            account={await findAccount(control, viewer.accountId)}
            settings={config.mail}
            ownAddress={await addressOf(control, viewer)}
            tried={query.letter === undefined ? null : await findMail(control, query.letter)}
            sums={await countMails(control)}
            rows={rows}
            isFirst={query.cursor === undefined}
            next={next}
            now={services.now()}
          />,
        );
      },
      { query: t.Object({ cursor: t.Optional(Id), letter: t.Optional(Id) }) },
    )
    .post('/settings/mail/tests', async ({ viewer }) => {
      demandOperator(viewer);
      if (!services.mail.canSend) {
        return seeOther('/settings/mail');
      } else if (tests.take(String(viewer.userId)) > 0) {
        throw new Problem(
          429,
          'too-many-requests',
          'Too many test letters',
          'Wait a minute, then try again.',
        );
      }
      return tryNow(services, await queueTest(services, viewer));
    })
    .post(
      '/settings/mail/:id/tries',
      async ({ viewer, params }) => {
        demandOperator(viewer);
        await makeDue(services, params.id, viewer);
        return tryNow(services, params.id);
      },
      { params: t.Object({ id: Id }) },
    );
};

/** The page says what came of it. */
async function tryNow({ mail }: Pick<Services, 'mail'>, id: number): Promise<Response> {
  await Promise.race([mail.tryNow(id), pause(LONGEST_MS, null, { ref: false })]);
  return seeOther(`/settings/mail?letter=${id}`);
}

function demandOperator(viewer: Viewer): void {
  if (viewer.kind !== 'person' || viewer.isOperator !== true) {
    throw new NotFound('this viewer does not run the install');
  }
}
