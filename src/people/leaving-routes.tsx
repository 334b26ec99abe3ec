/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { Invalid, NotFound } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { homesOf } from '#src/sessions/homes.ts';
import { demandProof } from '#src/sessions/proof.ts';
import { session } from '#src/sessions/session.ts';
import { LeavingPage } from '#views/people/leaving-page.tsx';
import { LeftPage } from '#views/people/left-page.tsx';
import { OwnershipPage } from '#views/people/ownership-page.tsx';
import { type Afterwards, afterwards } from './afterwards.ts';
import { readIds, Text, Ticked } from './form.ts';
import { keysMadeBy, takeOut } from './leaving.ts';
import { countHeld, leftBehind } from './left-behind.ts';
import type { Managing, PersonViewer } from './managing.ts';
import { handOverOwnership, mustOwn } from './ownership.ts';
import { manager } from './rights.ts';
import { findColleague } from './roster.ts';

const One = t.Object({ id: t.String({ maxLength: 20 }) });
const Becomes = t.Object({ becomes: t.Union(afterwards.map((role) => t.Literal(role))) });

/** How somebody leaves a business, and how its ownership passes on. */
export const leaving = (services: Managing) => {
  const { accounts, control, now } = services;
  const accountOf = (viewer: PersonViewer) => findAccount(control, viewer.accountId, viewer);

  async function showLeaving(
    viewer: PersonViewer,
    userId: number,
    { errors = {}, status = 200, isProven = false } = {},
  ) {
    const { accountId } = viewer;
    const { person, conversations } = await accounts.use(accountId, async (inbox) => {
      await manager(inbox, viewer);
      const found = await findColleague(inbox, control, userId);
      if (found.leftAt !== null) {
        throw new NotFound(`user ${userId} has left already`);
      }
      // Asked for before anything is ticked.
      demandProof(viewer, now());
      return { person: found, conversations: await countHeld(inbox, userId) };
    });
    return page(
      <LeavingPage
        viewer={viewer}
        account={await accountOf(viewer)}
        person={person}
        conversations={conversations}
        isElsewhere={homesOf(control, userId).some(({ id }) => id !== accountId)}
        keys={await keysMadeBy(control, accountId, userId)}
        errors={errors}
        isProven={isProven}
        now={now()}
      />,
      { status },
    );
  }

  async function showLeft(viewer: PersonViewer, userId: number) {
    const loaded = await accounts.use(viewer.accountId, async (inbox) => {
      await manager(inbox, viewer);
      const person = await findColleague(inbox, control, userId);
      if (person.leftAt === null) {
        throw new NotFound(`user ${userId} has not left`);
      }
      return {
        person,
        conversations: await leftBehind(inbox, { userId, leftAt: person.leftAt }, viewer),
      };
    });
    return page(<LeftPage viewer={viewer} account={await accountOf(viewer)} {...loaded} />);
  }

  async function showOwnership(
    viewer: PersonViewer,
    userId: number,
    again: { errors?: Record<string, string>; becomes?: Afterwards; status?: number } = {},
  ) {
    const { status = 200, ...kept } = again;
    const person = await accounts.use(viewer.accountId, async (inbox) => {
      await manager(inbox, viewer);
      const found = await findColleague(inbox, control, userId);
      if (found.leftAt !== null || userId === viewer.userId) {
        throw new NotFound(`user ${userId} cannot become an owner`);
      }
      await mustOwn(inbox, viewer);
      demandProof(viewer, now());
      return found;
    });
    return page(
      <OwnershipPage viewer={viewer} account={await accountOf(viewer)} person={person} {...kept} />,
      { status },
    );
  }

  return new Elysia({ name: 'leaving', prefix: '/settings/people' })
    .use(session(services))
    .get(
      '/:id/deactivation',
      ({ viewer, params, query }) =>
        showLeaving(viewer, idFrom(params.id), { isProven: query.said === 'proven' }),
      { params: One, query: t.Object({ said: Text }) },
    )
    .post(
      '/:id/deactivation',
      async ({ viewer, params, body }) => {
        try {
          demandProof(viewer, now());
          await takeOut(services, idFrom(params.id), { revoke: readIds(body?.revoke) }, viewer);
          return seeOther(`/settings/people/${idFrom(params.id)}/left`);
        } catch (error) {
          if (error instanceof Invalid) {
            return showLeaving(viewer, idFrom(params.id), { errors: error.fields, status: 422 });
          }
          throw error;
        }
      },
      { params: One, body: t.Optional(t.Object({ revoke: Ticked })) },
    )
    .get('/:id/left', ({ viewer, params }) => showLeft(viewer, idFrom(params.id)), { params: One })
    .get('/:id/ownership', ({ viewer, params }) => showOwnership(viewer, idFrom(params.id)), { params: One })
    .post(
      '/:id/ownership',
      async ({ viewer, params, body }) => {
        const { becomes } = body;
        try {
          demandProof(viewer, now());
          await handOverOwnership(services, idFrom(params.id), becomes, viewer);
          return seeOther(`/settings/people/${idFrom(params.id)}?said=owner`);
        } catch (error) {
          if (error instanceof Invalid) {
            return showOwnership(viewer, idFrom(params.id), {
              errors: { ...error.fields },
              becomes,
              status: 422,
            });
          }
          throw error;
        }
      },
      { params: One, body: Becomes },
    );
};
