/** @jsxImportSource preact */
import type { Team } from '#src/people/team.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { Said } from '../shared/said.tsx';
import { words } from '../words/words.ts';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  teams: readonly Team[];
  said?: string | undefined;
};

const says = words.teams;

/** Every team with its people and numbers. */
export const TeamsPage = ({ viewer, account, teams, said }: Props) => (
  <Settings
    place="teams"
    person={viewer}
    account={account}
    lead={words.settingsLeads.teams}
    icons={['okc']}
    actions={
      <a class="btn btn--primary" href="/settings/teams/new">
        {says.add}
      </a>
    }
  >
    <Said text={said} />
    {teams.length === 0 ? (
      <div class="sheet">
        <Empty level="h2" title={says.none} text={says.noneText} />
      </div>
    ) : (
      <ul class="choose">
        {teams.map(({ id, name, members, numbers }) => (
          <li key={id}>
            <a href={`/settings/teams/${id}`}>
              <bdi>{name}</bdi>
              <small>{namesOf(members, says.nobody)}</small>
              <small>{`${says.numbers}: ${namesOf(numbers, says.noNumbers)}`}</small>
            </a>
          </li>
        ))}
      </ul>
    )}
  </Settings>
);

const namesOf = (list: readonly { name: string }[], none: string) =>
  list.length === 0 ? none : list.map(({ name }) => name).join(' · ');
