/** @jsxImportSource preact */
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { Said } from '../shared/said.tsx';
import { words } from '../words/words.ts';
import { type Choice, PlaceFields } from './place-fields.tsx';

export type InviteProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  roles: readonly Choice[];
  teams: readonly Choice[];
  isMailed: boolean;
  values?: { email: string; name: string; role: string; teams: readonly number[] };
  errors?: Record<string, string>;
  /** Somebody comes back from proving who they are; what they had typed is gone. */
  isProven?: boolean;
};

/** Who is to come, and what they may do. */
export const InvitePage = ({
  viewer,
  account,
  roles,
  teams,
  isMailed,
  values,
  errors = {},
  isProven = false,
}: InviteProps) => (
  <Settings
    place="people"
    person={viewer}
    account={account}
    below={{ title: words.invitePage.title, href: '/settings/people' }}
    lead={isMailed ? words.invitePage.leadMail : words.invitePage.lead}
    icons={['okc']}
  >
    <Said text={isProven ? words.people.said.proven : undefined} />
    <div class="stack narrow">
      <ErrorSummary errors={errors} />
      <form class="stack stack--near" method="post" action="/settings/people/invitations">
        <Field
          name="name"
          label={words.people.name}
          help={words.invitePage.nameHelp}
          value={values?.name}
          error={errors.name}
          maxlength={120}
        />
        <Field
          name="email"
          label={words.people.email}
          type="email"
          help={words.invitePage.emailHelp}
          value={values?.email}
          error={errors.email}
          maxlength={254}
        />
        <PlaceFields
          roles={roles}
          teams={teams}
          role={values?.role}
          inTeams={values?.teams ?? []}
          errors={errors}
          help={words.invitePage.roleHelp}
        />
        <p class="bar">
          <button class="btn btn--primary" type="submit">
            {words.invitePage.submit}
          </button>
        </p>
      </form>
    </div>
  </Settings>
);
