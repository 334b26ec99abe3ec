/** @jsxImportSource preact */
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { Icon } from '../shared/icon.tsx';
import { Said } from '../shared/said.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import type { ListedPerson } from './people-page.tsx';
import { type Choice, PlaceFields } from './place-fields.tsx';
import { Portrait } from './portrait.tsx';

export type PersonProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  person: ListedPerson & { role: Choice; joinedAt: number };
  /** What the viewer may give; their present role is among it even if the viewer could not give it. */
  roles: readonly Choice[];
  teams: readonly Choice[];
  may: {
    /** Change their place and take them out. */
    manage: boolean;
    /** Give them this very role anew. */
    giveRole: boolean;
    /** Make a link for a new password. */
    help: boolean;
    /** Change their address. */
    email: boolean;
    handOver: boolean;
  };
  /** Whether people can ask for a new password by themselves. */
  hasMail: boolean;
  values?: { role: string; teams: readonly number[] };
  errors?: Record<string, string>;
  said?: keyof typeof words.people.said | undefined;
  now: number;
};

/** One person: what they may do, how they sign in, and how they leave or come back. */
export function PersonPage(props: PersonProps) {
  const { viewer, account, person, errors = {}, said, now } = props;
  return (
    <Settings
      place="people"
      person={viewer}
      account={account}
      below={{ title: person.name, href: '/settings/people' }}
      icons={['okc', 'lock', 'alert']}
    >
      <Said text={said && words.people.said[said]} />
      <div class="stack narrow">
        <div class="bar">
          <Portrait name={person.name} picture={person.picture} />
          <p class="small">
            {person.email}
            <br />
            {person.leftAt === null ? words.personPage.joined : words.people.leftAt}{' '}
            <LocalTime
              at={person.leftAt ?? person.joinedAt}
              style="date"
              timeZone={account.timeZone}
              now={now}
            />
          </p>
          <p class={person.hasSecondFactor ? 'state state--ok bar__end' : 'state bar__end'}>
            <Icon name={person.hasSecondFactor ? 'lock' : 'alert'} />
            {person.hasSecondFactor ? words.people.hasFactor : words.people.hasNone}
          </p>
        </div>
        <ErrorSummary errors={errors} />
        {person.leftAt === null ? <Present {...props} /> : <Gone {...props} />}
      </div>
    </Settings>
  );
}

const Gone = ({ person, roles, teams, values, errors = {} }: PersonProps) => (
  <section class="part stack stack--near" aria-labelledby="back">
    <div>
      <h2 class="h" id="back">
        {words.personPage.hasLeft(person.name)}
      </h2>
      <p class="small">{words.personPage.hasLeftText}</p>
    </div>
    <form class="stack stack--near" method="post" action={`/settings/people/${person.userId}/return`}>
      <PlaceFields
        roles={roles}
        teams={teams}
        role={values?.role ?? formerRole(person, roles)}
        inTeams={values?.teams ?? []}
        errors={errors}
        help={words.personPage.backHelp}
      />
      <p class="bar">
        <button class="btn btn--primary" type="submit">
          {words.personPage.submitBack}
        </button>
      </p>
    </form>
  </section>
);

/** The role they had, if the viewer may give it; else the last of those they may, which may do least. */
function formerRole({ role }: PersonProps['person'], roles: readonly Choice[]): string {
  const offered = roles.find(({ id }) => id === role.id) ?? roles.at(-1);
  return String(offered?.id ?? '');
}

const Present = (props: PersonProps) => {
  const { viewer, person, may } = props;
  return (
    <>
      <section class="part stack stack--near" aria-labelledby="place">
        <h2 class="h" id="place">
          {words.personPage.place}
        </h2>
        {may.manage ? <PlaceForm {...props} /> : <Fixed {...props} />}
      </section>
      {person.userId === viewer.userId ? null : <Access {...props} />}
      {may.handOver ? (
        <section class="part" aria-labelledby="ownership">
          <h2 class="h" id="ownership">
            {words.personPage.ownership}
          </h2>
          <p class="small">{words.personPage.ownershipHelp}</p>
          <p class="bar page__more">
            <a class="btn" href={`/settings/people/${person.userId}/ownership`}>
              {words.personPage.handOver}
            </a>
          </p>
        </section>
      ) : null}
      {may.manage && person.userId !== viewer.userId ? (
        <section class="part" aria-labelledby="leaving">
          <h2 class="h" id="leaving">
            {words.personPage.leaving}
          </h2>
          <p class="small">{words.personPage.leavingHelp}</p>
          <p class="bar page__more">
            <a class="btn" href={`/settings/people/${person.userId}/deactivation`}>
              {words.personPage.deactivate}
            </a>
          </p>
        </section>
      ) : null}
    </>
  );
};

const PlaceForm = ({ person, roles, teams, may, values, errors = {} }: PersonProps) => (
  <form class="stack stack--near" method="post" action={`/settings/people/${person.userId}/place`}>
    <PlaceFields
      roles={roles}
      teams={teams}
      role={values?.role ?? String(person.role.id)}
      inTeams={values?.teams ?? person.teams.map(({ id }) => id)}
      errors={errors}
      help={may.giveRole ? words.invitePage.roleHelp : words.personPage.otherRole}
    />
    <p class="bar">
      <button class="btn btn--primary" type="submit">
        {words.personPage.save}
      </button>
    </p>
  </form>
);

const Fixed = ({ person }: PersonProps) => (
  <div>
    <p>
      <strong>{person.role.name}</strong>
      {' · '}
      <bdi>{person.teams.map(({ name }) => name).join(', ') || words.people.noTeams}</bdi>
    </p>
    <p class="small">{words.personPage.cannot}</p>
  </div>
);

const Access = ({ person, may, hasMail, errors = {} }: PersonProps) => (
  <section class="part stack stack--near" aria-labelledby="access">
    <div>
      <h2 class="h" id="access">
        {words.personPage.access}
      </h2>
      <p class="small">
        {may.help
          ? words.personPage.resetHelp
          : hasMail
            ? words.personPage.noHelp
            : words.personPage.noHelpOffline}
      </p>
    </div>
    {may.help ? (
      <form method="post" action={`/settings/people/${person.userId}/reset-link`}>
        <button class="btn" type="submit">
          {words.personPage.resetLink}
        </button>
      </form>
    ) : null}
    {may.email ? (
      <form class="stack stack--near" method="post" action={`/settings/people/${person.userId}/email`}>
        <Field
          name="email"
          label={words.personPage.newEmail}
          type="email"
          help={words.personPage.newEmailHelp}
          error={errors.email}
          maxlength={254}
        />
        <p class="bar">
          <button class="btn" type="submit">
            {words.personPage.changeEmail}
          </button>
        </p>
      </form>
    ) : null}
  </section>
);
