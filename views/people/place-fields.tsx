/** @jsxImportSource preact */
import { words } from '../words/words.ts';

export type Choice = { id: number; name: string };

type Props = {
  roles: readonly Choice[];
  teams: readonly Choice[];
  /** What is chosen: ids as a form sends them. */
  role?: string | undefined;
  inTeams?: readonly number[];
  errors?: Record<string, string>;
  help?: string;
};

/** What somebody is given: one role, and any teams. */
export const PlaceFields = ({ roles, teams, role, inTeams = [], errors = {}, help }: Props) => (
  <>
    <div class="field">
      <label for="role">{words.people.role}</label>
      <select
        id="role"
        name="role"
        required
        aria-invalid={errors.role === undefined ? undefined : 'true'}
        aria-describedby={notesOfRole(errors.role, help)}
      >
        {roles.map(({ id, name }) => (
          <option key={id} value={id} selected={String(id) === role}>
            {name}
          </option>
        ))}
      </select>
      {errors.role === undefined ? null : (
        <p class="wrong" id="role-wrong">
          {errors.role}
        </p>
      )}
      {help === undefined ? null : <p id="role-help">{help}</p>}
    </div>
    <fieldset
      class="field"
      id="teams"
      aria-describedby={errors.teams === undefined ? undefined : 'teams-wrong'}
    >
      <legend>{words.people.teams}</legend>
      {teams.length === 0 ? <p>{words.invitePage.teamsNone}</p> : null}
      {teams.map(({ id, name }) => (
        <label key={id} class="tick">
          <input type="checkbox" name="teams" value={id} checked={inTeams.includes(id)} />
          <bdi>{name}</bdi>
        </label>
      ))}
      {errors.teams === undefined ? null : (
        <p class="wrong" id="teams-wrong">
          {errors.teams}
        </p>
      )}
    </fieldset>
  </>
);

const notesOfRole = (error: string | undefined, help: string | undefined) =>
  [error === undefined ? '' : 'role-wrong', help === undefined ? '' : 'role-help']
    .filter(Boolean)
    .join(' ') || undefined;
