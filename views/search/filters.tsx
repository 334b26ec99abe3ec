/** @jsxImportSource preact */
import type { Asked } from '#src/search/asked.ts';
import { words } from '../words/words.ts';

type Choice = { value: string; name: string };
type Props = {
  asked: Asked;
  numbers: readonly { id: number; name: string }[];
  members: readonly { id: number; name: string }[];
};

const names = ['number', 'assignee', 'by', 'since', 'until'] as const;

/** How many of them narrow this search. */
export const filtersSet = (asked: Asked) => names.filter((name) => asked[name] !== '').length;

export const withoutFilters = (asked: Asked): Asked => ({
  ...asked,
  number: '',
  assignee: '',
  by: '',
  since: '',
  until: '',
  cursor: '',
});

/** What a search can be narrowed by; open while anything of it is set. */
export function Filters({ asked, numbers, members }: Props) {
  const set = filtersSet(asked);
  const { search } = words;
  return (
    <details class="finder__filters" open={set > 0}>
      <summary>
        {search.filters}
        {set === 0 ? null : <span class="meta"> {search.filtersOn(set)}</span>}
      </summary>
      <div class="finder__fields">
        {numbers.length < 2 && asked.number === '' ? null : (
          <Select name="number" label={search.number} value={asked.number} choices={numberChoices(numbers)} />
        )}
        <Select
          name="assignee"
          label={search.assignee}
          value={asked.assignee}
          choices={memberChoices(members)}
        />
        <Select name="by" label={search.by} value={asked.by} choices={authorChoices} />
        <Day name="since" label={search.since} value={asked.since} />
        <Day name="until" label={search.until} value={asked.until} />
      </div>
    </details>
  );
}

const toChoice = ({ id, name }: { id: number; name: string }): Choice => ({ value: String(id), name });
const numberChoices = (numbers: Props['numbers']): Choice[] => [
  { value: '', name: words.search.anyNumber },
  ...numbers.map(toChoice),
];
const memberChoices = (members: Props['members']): Choice[] => [
  { value: '', name: words.search.anybody },
  { value: 'none', name: words.search.nobody },
  ...members.map(toChoice),
];
const authorChoices: readonly Choice[] = [
  { value: '', name: words.search.anyone },
  ...(['in', 'out', 'note'] as const).map((value) => ({ value, name: words.search[value] })),
];

type SelectProps = { name: string; label: string; value: string; choices: readonly Choice[] };

const Select = ({ name, label, value, choices }: SelectProps) => (
  <div class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value} selected={choice.value === value}>
          {choice.name}
        </option>
      ))}
    </select>
  </div>
);

const Day = ({ name, label, value }: { name: string; label: string; value: string }) => (
  <div class="field">
    <label for={name}>{label}</label>
    <input id={name} name={name} type="date" value={value} />
  </div>
);
