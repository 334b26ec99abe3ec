/** @jsxImportSource preact */
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Icon } from '../shared/icon.tsx';
import { Said } from '../shared/said.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { Portrait } from './portrait.tsx';

export type ListedPerson = {
  userId: number;
  name: string;
  email: string;
  role: { name: string };
  teams: readonly { id: number; name: string }[];
  seenAt: number | null;
  hasSecondFactor: boolean;
  picture: string | null;
  leftAt: number | null;
};

export type ListedInvitation = {
  id: number;
  email: string;
  name: string;
  role: string;
  expiresAt: number;
  isExpired: boolean;
};

export type PeopleProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  people: readonly ListedPerson[];
  invitations: readonly ListedInvitation[];
  /** What has just been done. */
  said?: keyof typeof words.people.said | undefined;
  now: number;
};

/** Everybody who is here, is invited, or has left. */
export function PeoplePage({ viewer, account, people, invitations, said, now }: PeopleProps) {
  const here = people.filter(({ leftAt }) => leftAt === null);
  const left = people.filter(({ leftAt }) => leftAt !== null);
  const clock = { timeZone: account.timeZone, now };
  return (
    <Settings
      place="people"
      person={viewer}
      account={account}
      lead={words.settingsLeads.people}
      icons={['okc', 'lock', 'alert', 'down']}
      actions={
        <a class="btn btn--primary" href="/settings/people/invitations/new">
          {words.people.invite}
        </a>
      }
    >
      <Said text={said && words.people.said[said]} />
      <div class="stack">
        <section aria-labelledby="here">
          <h2 class="h" id="here">
            {words.people.here}
          </h2>
          <ul class="folk">
            {here.map((person) => (
              <Row
                key={person.userId}
                person={person}
                isViewer={person.userId === viewer.userId}
                {...clock}
              />
            ))}
          </ul>
        </section>
        <section aria-labelledby="open">
          <h2 class="h" id="open">
            {words.people.open}
          </h2>
          {invitations.length === 0 ? (
            <p class="small">{words.people.nobodyInvited}</p>
          ) : (
            <ul class="folk">
              {invitations.map((one) => (
                <InvitationRow key={one.id} invitation={one} {...clock} />
              ))}
            </ul>
          )}
        </section>
        {left.length === 0 ? null : (
          <details class="folded">
            <summary>
              <Icon name="down" small />
              {words.people.leftCount(left.length)}
            </summary>
            <ul class="folk">
              {left.map((person) => (
                <Row key={person.userId} person={person} isViewer={false} {...clock} />
              ))}
            </ul>
          </details>
        )}
      </div>
    </Settings>
  );
}

type Clock = { timeZone: string; now: number };

const Row = ({ person, isViewer, ...clock }: { person: ListedPerson; isViewer: boolean } & Clock) => (
  <li>
    <Portrait name={person.name} picture={person.picture} />
    <div class="folk__who">
      <a href={`/settings/people/${person.userId}`}>
        <bdi>{person.name}</bdi>
      </a>
      {isViewer ? <span class="tag tag--number">{words.people.you}</span> : null}
      <p>{person.email}</p>
    </div>
    <p class="folk__place">
      {person.role.name}
      <small>
        <bdi>{person.teams.map(({ name }) => name).join(', ') || words.people.noTeams}</bdi>
      </small>
    </p>
    <p class="folk__seen">
      {person.leftAt === null ? words.people.lastSeen : words.people.leftAt}
      <small>
        <When at={person.leftAt ?? person.seenAt} {...clock} />
      </small>
    </p>
    <p class={person.hasSecondFactor ? 'state state--ok' : 'state'}>
      <Icon name={person.hasSecondFactor ? 'lock' : 'alert'} />
      {person.hasSecondFactor ? words.people.hasFactor : words.people.hasNone}
    </p>
  </li>
);

const When = ({ at, timeZone, now }: { at: number | null } & Clock) =>
  at === null ? (
    <span>{words.people.never}</span>
  ) : (
    <LocalTime at={at} style="moment" timeZone={timeZone} now={now} />
  );

const InvitationRow = ({ invitation, ...clock }: { invitation: ListedInvitation } & Clock) => {
  const { id, email, name, role, expiresAt, isExpired } = invitation;
  return (
    <li class="folk__open">
      <div class="folk__who">
        <bdi>{name}</bdi>
        <p>{email}</p>
      </div>
      <p class="folk__place">{role}</p>
      <p class="folk__seen">
        {isExpired ? words.people.hasExpired : words.people.invitedUntil}
        <small>
          <When at={expiresAt} {...clock} />
        </small>
      </p>
      <div class="bar">
        <form method="post" action={`/settings/people/invitations/${id}/renewal`}>
          <button class="btn" type="submit" aria-label={words.people.renewFor(email)}>
            {words.people.renew}
          </button>
        </form>
        <form method="post" action={`/settings/people/invitations/${id}/withdrawal`}>
          <button class="btn btn--quiet" type="submit" aria-label={words.people.withdrawFor(email)}>
            {words.people.withdraw}
          </button>
        </form>
      </div>
    </li>
  );
};
