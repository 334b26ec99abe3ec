/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { createDenials } from '#src/audit/denials.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { Forbidden, Invalid } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { createRateLimit } from '#src/http/rate-limit.ts';
import { seeOther } from '#src/http/see-other.ts';
import { demandProof } from '#src/sessions/proof.ts';
import { session } from '#src/sessions/session.ts';
import { InvitePage } from '#views/people/invite-page.tsx';
import { LinkPage } from '#views/people/link-page.tsx';
import { PeoplePage } from '#views/people/people-page.tsx';
import { words } from '#views/words/words.ts';
import { refuseTooMany } from './door-limit.ts';
import { readGiven, readIds, Text, Ticked } from './form.ts';
import { invite, openInvitations, renewInvitation, withdrawInvitation } from './invitations.ts';
import { canMailLinks, shownLink } from './mail-part.ts';
import type { Managing, PersonViewer } from './managing.ts';
import { placesFor } from './place.ts';
import { manager } from './rights.ts';
import { listColleagues } from './roster.ts';
import type { ShownOnce } from './shown-once.ts';

const Form = t.Object({ email: Text, name: Text, role: Text, teams: Ticked });
const said = ['withdrawn', 'proven'] as const;

/** Invitations of one business: a team at once, then one a minute. */
const LETTERS = { perSecond: 1 / 60, burst: 50 };

/** Who is here, who is invited, and who has left; inviting somebody. */
export const people = (services: Managing, shownOnce: ShownOnce) => {
  const { accounts, control, now } = services;
  const denials = createDenials(services);
  const letters = createRateLimit({ ...LETTERS, now });
  const mustManage = (viewer: PersonViewer) =>
    accounts.use(viewer.accountId, (inbox) => manager(inbox, viewer));

  async function showList(viewer: PersonViewer, done: string | undefined) {
    const { list, roleNames } = await accounts.use(viewer.accountId, async (inbox) => {
      await manager(inbox, viewer);
      const roles = await inbox.sql.query.roles.findMany({ columns: { id: true, name: true } });
      return {
        list: await listColleagues(inbox, control),
        roleNames: new Map(roles.map(({ id, name }) => [id, name])),
      };
    });
    const open = await openInvitations(services, viewer.accountId);
    return page(
      <PeoplePage
        viewer={viewer}
        account={await findAccount(control, viewer.accountId, viewer)}
        people={list}
        invitations={open.map(({ link: _, roleId, ...one }) => ({
          ...one,
          role: roleNames.get(roleId) ?? '–',
        }))}
        said={said.find((known) => known === done)}
        now={now()}
      />,
    );
  }

  async function showForm(
    viewer: PersonViewer,
    form: typeof Form.static = {},
    { errors = {}, status = 200, isProven = false } = {},
  ) {
    const places = await accounts.use(viewer.accountId, async (inbox) =>
      placesFor(inbox, await manager(inbox, viewer)),
    );
    const { email = '', name = '', role = usual(places.roles), teams } = form;
    return page(
      <InvitePage
        viewer={viewer}
        account={await findAccount(control, viewer.accountId, viewer)}
        {...places}
        isMailed={canMailLinks(services)}
        values={{ email, name, role, teams: readIds(teams) }}
        errors={errors}
        isProven={isProven}
      />,
      { status },
    );
  }

  return new Elysia({ name: 'people', prefix: '/settings/people' })
    .use(session(services))
    .get('', ({ viewer, query }) => showList(viewer, query.said), {
      query: t.Object({ said: Text }),
    })
    .get(
      '/invitations/new',
      async ({ viewer, query }) => {
        await mustManage(viewer);
        // Asked for before anything is typed.
        demandProof(viewer, now());
        return showForm(viewer, {}, { isProven: query.said === 'proven' });
      },
      { query: t.Object({ said: Text }) },
    )
    .post(
      '/invitations',
      async ({ request, viewer, body }) => {
        const { email = '', name = '' } = body;
        try {
          await mustManage(viewer);
          demandProof(viewer, now());
          refuseTooMany(letters.take(String(viewer.accountId)));
          const made = await invite(services, { email, name, ...readGiven(body) }, viewer);
          const link = shownLink(services.config, request, made.path);
          const key = shownOnce.put(viewer.userId, { ...made, link, is: 'invitation' });
          return seeOther(`/settings/people/links/${key}`);
        } catch (error) {
          if (error instanceof Invalid) {
            return showForm(viewer, body, { errors: error.fields, status: 422 });
          } else if (error instanceof Forbidden && viewer.permissions.has('people.manage')) {
            denials.note({
              viewer,
              method: 'POST',
              route: '/settings/people/invitations',
              status: 403,
              type: 'forbidden',
            });
            return showForm(viewer, body, { errors: { role: words.invitePage.tooMuch }, status: 403 });
          }
          throw error;
        }
      },
      { body: Form },
    )
    .post(
      '/invitations/:id/renewal',
      async ({ request, viewer, params }) => {
        await mustManage(viewer);
        demandProof(viewer, now());
        refuseTooMany(letters.take(String(viewer.accountId)));
        const made = await renewInvitation(services, idFrom(params.id), viewer);
        const link = shownLink(services.config, request, made.path);
        const key = shownOnce.put(viewer.userId, { ...made, link, is: 'invitation' });
        return seeOther(`/settings/people/links/${key}`);
      },
      { params: t.Object({ id: t.String({ maxLength: 20 }) }) },
    )
    .post(
      '/invitations/:id/withdrawal',
      async ({ viewer, params }) => {
        await withdrawInvitation(services, idFrom(params.id), viewer);
        return seeOther('/settings/people?said=withdrawn');
      },
      { params: t.Object({ id: t.String({ maxLength: 20 }) }) },
    )
    .get(
      '/links/:key',
      async ({ viewer, params }) => {
        await mustManage(viewer);
        const shown = shownOnce.take(viewer.userId, params.key);
        const account = await findAccount(control, viewer.accountId, viewer);
        return page(<LinkPage viewer={viewer} account={account} shown={shown} now={now()} />);
      },
      { params: t.Object({ key: t.String({ maxLength: 40 }) }) },
    );
};

/** Most of those who are invited answer customers. */
function usual(roles: readonly { id: number; name: string }[]): string {
  const agent = roles.find(({ name }) => name === 'Agent') ?? roles.at(-1);
  return String(agent?.id ?? '');
}
