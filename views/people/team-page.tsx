/** @jsxImportSource preact */
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Check } from '../shared/check.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { words } from '../words/words.ts';

type Choice = { id: number; name: string };

/** A team as its form shows it; without an id it is to be made. */
export type TeamForm = {
  id: number | null;
  name: string;
  memberIds: readonly number[];
  numberIds: readonly number[];
};

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  team: TeamForm;
  /** Everybody and every number there is to choose from. */
  people: readonly Choice[];
  numbers: readonly Choice[];
  errors?: Record<string, string>;
};

const says = words.teams;

export const TeamPage = ({ viewer, account, team, people, numbers, errors = {} }: Props) => (
  <Settings
    place="teams"
    person={viewer}
    account={account}
    below={{ title: team.id === null ? says.newTitle : team.name, href: '/settings/teams' }}
  >
    <form
      class="stack"
      method="post"
      action={team.id === null ? '/settings/teams' : `/settings/teams/${team.id}`}
    >
      <ErrorSummary errors={errors} />
      <Field name="name" label={says.name} value={team.name} error={errors.name} maxlength={120} />
      <Choices
        name="members"
        legend={says.people}
        help={says.peopleHelp}
        all={people}
        chosen={team.memberIds}
      />
      {numbers.length === 0 ? (
        <p class="small">{says.noNumbersYet}</p>
      ) : (
        <Choices
          name="numbers"
          legend={says.numbers}
          help={says.numbersHelp}
          all={numbers}
          chosen={team.numberIds}
        />
      )}
      <p class="bar">
        <button class="btn btn--primary" type="submit">
          {team.id === null ? says.create : says.save}
        </button>
      </p>
    </form>
    {team.id === null ? null : (
      <form class="foot" method="post" action={`/settings/teams/${team.id}/removal`}>
        <p class="small">{says.removeText}</p>
        <button class="btn" type="submit">
          {says.remove}
        </button>
      </form>
    )}
  </Settings>
);

type ChoicesProps = {
  name: string;
  legend: string;
  help: string;
  all: readonly Choice[];
  chosen: readonly number[];
};

const Choices = ({ name, legend, help, all, chosen }: ChoicesProps) => (
  <fieldset class="choices" id={name} aria-describedby={`${name}-help`}>
    <legend>
      <span class="h">{legend}</span>
      <small id={`${name}-help`}>{help}</small>
    </legend>
    {all.map((one) => (
      <Check
        key={one.id}
        name={name}
        value={String(one.id)}
        says={[one.name]}
        isChecked={chosen.includes(one.id)}
      />
    ))}
  </fieldset>
);
