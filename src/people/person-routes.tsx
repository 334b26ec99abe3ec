/** @jsxImportSource preact */
import { Elysia, t } from 'elysia';
import { findAccount } from '#src/accounts/find-account.ts';
import { createDenials } from '#src/audit/denials.ts';
import { idFrom } from '#src/conversations/conversation.ts';
import { Forbidden, Invalid } from '#src/errors.ts';
import { page } from '#src/http/page.ts';
import { seeOther } from '#src/http/see-other.ts';
import { demandProof } from '#src/sessions/proof.ts';
import { session } from '#src/sessions/session.ts';
import { PersonPage } from '#views/people/person-page.tsx';
import { words } from '#views/words/words.ts';
import { bringBack } from './bring-back.ts';
import { changePlace } from './change-place.ts';
import { readGiven, readIds, Text, Ticked } from './form.ts';
import { changeEmailOf, makeResetLink } from './help-colleague.ts';
import { loadPerson } from './load-person.ts';
import { shownLink } from './mail-part.ts';
import type { Managing, PersonViewer } from './managing.ts';
import { findMember } from './members.ts';
import type { ShownOnce } from './shown-once.ts';

const One = t.Object({ id: t.String({ maxLength: 20 }) });
const Place = t.Object({ role: Text, teams: Ticked });
const said = ['saved', 'returned', 'owner', 'email', 'proven'] as const;

type Again = { errors: Record<string, string>; form?: typeof Place.static; status: number };

/** One person of the business: what they may do, and how they sign in. */
export const person = (services: Managing, shownOnce: ShownOnce) => {
  const { accounts, control, now } = services;
  const denials = createDenials(services);

  async function show(viewer: PersonViewer, id: string, done?: string, again?: Again) {
    const loaded = await accounts.use(viewer.accountId, (inbox) =>
      loadPerson(services, inbox, idFrom(id), viewer),
    );
    const { form, errors = {}, status = 200 } = again ?? {};
    return page(
      <PersonPage
        viewer={viewer}
        account={await findAccount(control, viewer.accountId, viewer)}
        {...loaded}
        {...(form ? { values: { role: form.role ?? '', teams: readIds(form.teams) } } : {})}
        errors={errors}
        said={said.find((known) => known === done)}
        now={now()}
      />,
      { status },
    );
  }

  /** Whoever has just changed their own role may not see these pages any more. */
  const looksAfterPeople = (viewer: PersonViewer) =>
    accounts.use(viewer.accountId, async (inbox) =>
      (await findMember(inbox, viewer.userId)).permissions.has('people.manage'),
    );

  /** Does it and goes back to the person; what is refused is said on their page. */
  async function change(
    viewer: PersonViewer,
    id: string,
    done: (typeof said)[number],
    work: () => Promise<void>,
    { form, noun }: { form?: typeof Place.static; noun: 'place' | 'return' | 'email' },
  ): Promise<Response> {
    try {
      await work();
      return seeOther(
        (await looksAfterPeople(viewer)) ? `/settings/people/${idFrom(id)}?said=${done}` : '/inbox',
      );
    } catch (error) {
      if (error instanceof Invalid) {
        const kept = form ? { form } : {};
        return show(viewer, id, undefined, { ...kept, errors: { ...error.fields }, status: 422 });
      } else if (form && error instanceof Forbidden && viewer.permissions.has('people.manage')) {
        denials.note({
          viewer,
          method: 'POST',
          route: `/settings/people/:id/${noun}`,
          status: 403,
          type: 'forbidden',
        });
        const errors = { role: words.invitePage.tooMuch };
        return show(viewer, id, undefined, { form, errors, status: 403 });
      }
      throw error;
    }
  }

  return new Elysia({ name: 'person', prefix: '/settings/people' })
    .use(session(services))
    .get('/:id', ({ viewer, params, query }) => show(viewer, params.id, query.said), {
      params: One,
      query: t.Object({ said: Text }),
    })
    .post(
      '/:id/place',
      ({ viewer, params, body }) =>
        change(
          viewer,
          params.id,
          'saved',
          async () => {
            demandProof(viewer, now());
            await changePlace(services, idFrom(params.id), readGiven(body), viewer);
          },
          { form: body, noun: 'place' },
        ),
      { params: One, body: Place },
    )
    .post(
      '/:id/return',
      ({ viewer, params, body }) =>
        change(
          viewer,
          params.id,
          'returned',
          async () => {
            demandProof(viewer, now());
            await bringBack(services, idFrom(params.id), readGiven(body), viewer);
          },
          { form: body, noun: 'return' },
        ),
      { params: One, body: Place },
    )
    .post(
      '/:id/email',
      ({ viewer, params, body }) =>
        change(
          viewer,
          params.id,
          'email',
          async () => {
            demandProof(viewer, now());
            await changeEmailOf(services, idFrom(params.id), body.email ?? '', viewer);
          },
          { noun: 'email' },
        ),
      { params: One, body: t.Object({ email: Text }) },
    )
    .post(
      '/:id/reset-link',
      async ({ request, viewer, params }) => {
        demandProof(viewer, now());
        const made = await makeResetLink(services, idFrom(params.id), viewer);
        const link = shownLink(services.config, request, made.path);
        const key = shownOnce.put(viewer.userId, { ...made, link, is: 'reset' });
        return seeOther(`/settings/people/links/${key}`);
      },
      { params: One },
    );
};
