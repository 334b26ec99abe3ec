/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { reaches } from '#src/db/schema/inbox/people.ts';
import { Invalid } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import type { Services } from '#src/services.ts';
import type { SessionServices } from '#src/sessions/find-session.ts';
import { demandProof } from '#src/sessions/proof.ts';
import { session } from '#src/sessions/session.ts';
import { type RoleForm, RolePage } from '#views/people/role-page.tsx';
import { RolesPage } from '#views/people/roles-page.tsx';
import { words } from '#views/words/words.ts';
import { changeRole, createRole, removeRole, type WantedRole } from './change-roles.ts';
import { holds } from './grant-limit.ts';
import { demand, isAllowed } from './permission.ts';
import { findRole, listRoles } from './role.ts';
import { isFixed, isRoleKey } from './roles.ts';
import { permissions } from './viewer.ts';

type RoleServices = SessionServices & Pick<Services, 'live'>;

const Flag = t.Optional(t.Literal('yes'));
const One = t.Union(permissions.map((name) => t.Literal(name)));
const Form = t.Object({
  name: t.Optional(t.String()),
  permissions: t.Optional(t.Union([One, t.Array(One)])),
  reach: t.Optional(t.Union(reaches.map((name) => t.Literal(name)))),
  seesUnassigned: Flag,
  seesPhones: Flag,
  needsSecondFactor: Flag,
});
const OfOne = t.Object({ id: t.String() });
const Done = t.Object({ done: t.Optional(t.Union([t.Literal('saved'), t.Literal('removed')])) });

const nothing: RoleForm = {
  id: null,
  key: null,
  name: '',
  permissions: new Set(['conversations.read', 'conversations.write', 'messages.send']),
  reach: 'all',
  seesUnassigned: true,
  seesPhones: true,
  needsSecondFactor: false,
  memberCount: 0,
};

/** What people may see and do, by role. */
export const roles = (services: RoleServices) => {
  const { accounts, control, live, now } = services;

  const show = async (
    viewer: PersonViewer,
    role: RoleForm,
    errors?: Record<string, string>,
    isProven = false,
  ) => {
    const account = await findAccount(control, viewer.accountId);
    const view = (
      <RolePage
        viewer={viewer}
        account={account}
        role={role}
        hasFixedSight={role.key !== null && isRoleKey(role.key) && isFixed(role.key)}
        mayGive={(permission) => isAllowed(viewer, permission)}
        isBeyond={role.id !== null && !holds(viewer, role)}
        isProven={isProven}
        {...(errors ? { errors } : {})}
      />
    );
    return page(view, errors ? { status: 422 } : {});
  };

  return new Elysia({ name: 'roles', prefix: '/settings/roles' })
    .use(session(services))
    .get(
      '',
      async ({ viewer, query }) => {
        demand(viewer, 'people.manage');
        const account = await findAccount(control, viewer.accountId);
        const list = await accounts.use(viewer.accountId, listRoles);
        const said = query.done && words.roles[query.done];
        return page(<RolesPage viewer={viewer} account={account} roles={list} said={said} />);
      },
      { query: Done },
    )
    .get('/new', ({ viewer }) => {
      demand(viewer, 'people.manage');
      // Asked for before anything is typed.
      demandProof(viewer, now());
      return show(viewer, nothing);
    })
    .post(
      '',
      async ({ viewer, body }) => {
        const wanted = readRole(body);
        demandProof(viewer, now());
        try {
          await accounts.use(viewer.accountId, (inbox) => createRole(inbox, wanted, viewer, now()));
          return seeOther('/settings/roles?done=saved');
        } catch (error) {
          if (error instanceof Invalid) {
            return show(viewer, { ...nothing, ...wanted }, error.fields);
          }
          throw error;
        }
      },
      { body: Form },
    )
    .get(
      '/:id',
      async ({ viewer, params, query }) => {
        demand(viewer, 'people.manage');
        const role = await accounts.use(viewer.accountId, (inbox) => findRole(inbox, idFrom(params.id)));
        return show(viewer, role, undefined, query.said === 'proven');
      },
      { params: OfOne, query: t.Object({ said: t.Optional(t.String()) }) },
    )
    .post(
      '/:id',
      async ({ viewer, params, body }) => {
        const id = idFrom(params.id);
        const wanted = readRole(body);
        demandProof(viewer, now());
        try {
          const concerned = await accounts.use(viewer.accountId, (inbox) =>
            changeRole(inbox, id, wanted, viewer, now()),
          );
          await Promise.all(concerned.map(live.revalidate));
          return seeOther('/settings/roles?done=saved');
        } catch (error) {
          if (error instanceof Invalid) {
            return show(viewer, { ...nothing, ...wanted, id }, error.fields);
          }
          throw error;
        }
      },
      { params: OfOne, body: Form },
    )
    .post(
      '/:id/removal',
      async ({ viewer, params }) => {
        const id = idFrom(params.id);
        demandProof(viewer, now());
        try {
          await accounts.use(viewer.accountId, (inbox) => removeRole(inbox, id, viewer, now()));
          return seeOther('/settings/roles?done=removed');
        } catch (error) {
          if (error instanceof Invalid) {
            const role = await accounts.use(viewer.accountId, (inbox) => findRole(inbox, id));
            return show(viewer, role, error.fields);
          }
          throw error;
        }
      },
      { params: OfOne },
    );
};

/** What a form leaves out is not chosen. */
function readRole(body: typeof Form.static): WantedRole {
  const { name = '', reach = 'own', seesUnassigned, seesPhones, needsSecondFactor } = body;
  return {
    name,
    permissions: new Set([body.permissions ?? []].flat()),
    reach,
    seesUnassigned: seesUnassigned === 'yes',
    seesPhones: seesPhones === 'yes',
    needsSecondFactor: needsSecondFactor === 'yes',
  };
}
