/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { Invalid } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import { loadNumbers } from '#src/numbers/load-numbers.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { session } from '#src/sessions/session.ts';
import { type TeamForm, TeamPage } from '#views/people/team-page.tsx';
import { TeamsPage } from '#views/people/teams-page.tsx';
import { words } from '#views/words/words.ts';
import { changeTeam, createTeam, removeTeam, type TeamChange, type WantedTeam } from './change-teams.ts';
import { listMembers } from './members.ts';
import { demand } from './permission.ts';
import { findTeam, listTeams } from './team.ts';
import { releaseConversations, takeConversations } from './team-conversations.ts';

type TeamServices = SessionServices & Pick<Services, 'live'>;

const Ids = t.Optional(t.Union([t.String(), t.Array(t.String())]));
const Form = t.Object({ name: t.Optional(t.String()), members: Ids, numbers: Ids });
const OfOne = t.Object({ id: t.String() });
const Done = t.Object({ done: t.Optional(t.Union([t.Literal('saved'), t.Literal('removed')])) });

const nobody: TeamForm = { id: null, name: '', memberIds: [], numberIds: [] };

/** Who works together, and on which numbers. */
export const teams = (services: TeamServices) => {
  const { accounts, control, live, now } = services;

  const show = async (viewer: PersonViewer, team: TeamForm, errors?: Record<string, string>) => {
    demand(viewer, 'people.manage');
    const account = await findAccount(control, viewer.accountId);
    const choices = await accounts.use(viewer.accountId, async (inbox) => ({
      people: await listMembers(inbox),
      numbers: await loadNumbers(inbox),
    }));
    const view = (
      <TeamPage viewer={viewer} account={account} team={team} {...choices} {...(errors ? { errors } : {})} />
    );
    return page(view, errors ? { status: 422 } : {});
  };

  /** The team's people see other conversations now; if some have changed teams, so do others. */
  const showChanges = async ({ accountId }: PersonViewer, concerned: number[], haveMoved: boolean) => {
    await Promise.all(concerned.map(live.revalidate));
    if (haveMoved) {
      await live.handOver(accountId);
    }
  };

  /** Changes a team, and then what is seen on screens that are open. */
  const save = async (
    viewer: PersonViewer,
    team: TeamForm,
    change: (inbox: Inbox) => Promise<TeamChange>,
  ) => {
    try {
      const { concerned, hasTaken } = await accounts.use(viewer.accountId, async (inbox) => {
        const changed = await change(inbox);
        return { ...changed, hasTaken: await takeConversations(inbox, changed.teamId) };
      });
      await showChanges(viewer, concerned, hasTaken);
      return seeOther('/settings/teams?done=saved');
    } catch (error) {
      if (error instanceof Invalid) {
        return show(viewer, team, error.fields);
      }
      throw error;
    }
  };

  return new Elysia({ name: 'teams', prefix: '/settings/teams' })
    .use(session(services))
    .get(
      '',
      async ({ viewer, query }) => {
        demand(viewer, 'people.manage');
        const account = await findAccount(control, viewer.accountId);
        const list = await accounts.use(viewer.accountId, listTeams);
        const said = query.done && words.teams[query.done];
        return page(<TeamsPage viewer={viewer} account={account} teams={list} said={said} />);
      },
      { query: Done },
    )
    .get('/new', ({ viewer }) => show(viewer, nobody))
    .post(
      '',
      ({ viewer, body }) => {
        const wanted = readTeam(body);
        return save(viewer, { ...wanted, id: null }, (inbox) => createTeam(inbox, wanted, viewer, now()));
      },
      { body: Form },
    )
    .get(
      '/:id',
      async ({ viewer, params }) => {
        demand(viewer, 'people.manage');
        const team = await accounts.use(viewer.accountId, (inbox) => findTeam(inbox, idFrom(params.id)));
        return show(viewer, {
          id: team.id,
          name: team.name,
          memberIds: team.members.map(({ id }) => id),
          numberIds: team.numbers.map(({ id }) => id),
        });
      },
      { params: OfOne },
    )
    .post(
      '/:id',
      ({ viewer, params, body }) => {
        const id = idFrom(params.id);
        const wanted = readTeam(body);
        return save(viewer, { ...wanted, id }, (inbox) => changeTeam(inbox, id, wanted, viewer, now()));
      },
      { params: OfOne, body: Form },
    )
    .post(
      '/:id/removal',
      async ({ viewer, params }) => {
        demand(viewer, 'people.manage');
        const id = idFrom(params.id);
        const { concerned, hasReleased } = await accounts.use(viewer.accountId, async (inbox) => {
          await findTeam(inbox, id);
          const hasReleased = await releaseConversations(inbox, id);
          return { ...(await removeTeam(inbox, id, viewer, now())), hasReleased };
        });
        await showChanges(viewer, concerned, hasReleased);
        return seeOther('/settings/teams?done=removed');
      },
      { params: OfOne },
    );
};

/** An id that is none of ours is one that nobody has. */
function readTeam({ name = '', members = [], numbers = [] }: typeof Form.static): WantedTeam {
  const ids = (given: string | string[]) =>
    [given].flat().map((id) => (/^\d{1,16}$/.test(id) ? Number(id) : -1));
  return { name, memberIds: ids(members), numberIds: ids(numbers) };
}
