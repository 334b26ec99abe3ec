/** @jsxImportSource preact */
import type { Role } from '#src/people/role.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Said } from '../shared/said.tsx';
import { words } from '../words/words.ts';

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  roles: readonly Role[];
  said?: string | undefined;
};

/** Every role with what it sees and may do, and how many have it. */
export const RolesPage = ({ viewer, account, roles, said }: Props) => (
  <Settings
    place="roles"
    person={viewer}
    account={account}
    lead={words.settingsLeads.roles}
    icons={['okc']}
    actions={
      <a class="btn btn--primary" href="/settings/roles/new">
        {words.roles.add}
      </a>
    }
  >
    <Said text={said} />
    <ul class="choose">
      {roles.map((role) => (
        <li key={role.id}>
          <a href={`/settings/roles/${role.id}`}>
            <bdi>{role.name}</bdi>
            <small>{seesInWords(role)}</small>
            <small>{mayInWords(role)}</small>
            <small>
              {role.memberCount === 0 ? words.roles.nobody : words.roles.people(role.memberCount)}
            </small>
          </a>
        </li>
      ))}
    </ul>
  </Settings>
);

function seesInWords({ permissions, reach, seesUnassigned, seesPhones }: Role): string {
  if (!permissions.has('conversations.read')) {
    return words.roles.mayNothing;
  }
  const parts = [
    words.roles.sees[reach],
    ...(reach !== 'all' && seesUnassigned ? [words.roles.andUnassigned] : []),
    ...(seesPhones ? [] : [words.roles.masked]),
  ];
  return parts.join(', ');
}

function mayInWords({ permissions }: Role): string {
  const named = [...permissions].map((permission) => words.roles.may[permission][0]);
  return named.length === 0 ? words.roles.mayNothing : named.join(' · ');
}
