/** @jsxImportSource preact */

import type { Doers } from '#src/audit/doers.ts';
import type { AskedAudit } from '#src/audit/filter.ts';
import { words } from '../words/words.ts';
import { filtersSet } from './path.ts';
import { objectOf } from './sentence.ts';

type Props = { asked: AskedAudit; doers: Doers; objectName: string | null };

/** What the trail can be narrowed by; open while anything of it is set. */
export function AuditFilters({ asked, doers, objectName }: Props) {
  const set = filtersSet(asked);
  const { filters } = words.audit;
  return (
    <form class="finder deeds__filters" method="get" action="/settings/audit">
      <details class="finder__filters" open={set > 0}>
        <summary>
          {words.search.filters}
          {set === 0 ? null : <span class="meta"> {words.search.filtersOn(set)}</span>}
        </summary>
        <div class="finder__fields">
          <Who asked={asked} doers={doers} />
          <Kind value={asked.kind} />
          <Day name="from" label={filters.from} value={asked.from} />
          <Day name="to" label={filters.to} value={asked.to} />
          {asked.object === '' ? null : (
            <div class="field">
              <label for="object">{filters.about}</label>
              <select id="object" name="object">
                <option value="">{filters.anything}</option>
                <option value={asked.object} selected>
                  {objectOf({ object: asked.object, objectName })}
                </option>
              </select>
            </div>
          )}
        </div>
        <p class="bar">
          <button class="btn" type="submit">
            {filters.submit}
          </button>
          {set === 0 ? null : (
            <a class="btn btn--quiet" href="/settings/audit">
              {words.audit.withoutFilters}
            </a>
          )}
        </p>
      </details>
    </form>
  );
}

type Choice = { value: string; name: string };

function Who({ asked, doers }: { asked: AskedAudit; doers: Doers }) {
  const { filters, actors } = words.audit;
  const people = doers.people.map(({ id, name, hasLeft }) => ({
    value: `person:${id}`,
    name: hasLeft ? filters.left(name) : name,
  }));
  const keys = doers.keys.map(({ id, name }) => ({ value: `key:${id}`, name }));
  const others = (['command', 'system', 'operator'] as const).map((value) => ({
    value,
    name: actors[value],
  }));
  const all = [...people, ...keys, ...others];
  const isListed = asked.by === '' || all.some(({ value }) => value === asked.by);
  return (
    <div class="field">
      <label for="by">{filters.who}</label>
      <select id="by" name="by">
        <option value="">{filters.anybody}</option>
        {isListed ? null : (
          <option value={asked.by} selected>
            {filters.chosen}
          </option>
        )}
        <Group label={filters.people} choices={people} chosen={asked.by} />
        <Group label={filters.keys} choices={keys} chosen={asked.by} />
        <Group label={filters.others} choices={others} chosen={asked.by} />
      </select>
    </div>
  );
}

const Group = ({ label, choices, chosen }: { label: string; choices: Choice[]; chosen: string }) =>
  choices.length === 0 ? null : (
    <optgroup label={label}>
      {choices.map(({ value, name }) => (
        <option key={value} value={value} selected={value === chosen}>
          {name}
        </option>
      ))}
    </optgroup>
  );

function Kind({ value }: { value: string }) {
  const { filters, kinds } = words.audit;
  const known = Object.entries(kinds).map(([kind, name]) => ({ value: kind, name }));
  const choices = value === '' || value in kinds ? known : [...known, { value, name: value }];
  return (
    <div class="field">
      <label for="kind">{filters.kind}</label>
      <select id="kind" name="kind">
        <option value="">{filters.anything}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.name}
          </option>
        ))}
      </select>
    </div>
  );
}

const Day = ({ name, label, value }: { name: string; label: string; value: string }) => (
  <div class="field">
    <label for={name}>{label}</label>
    <input id={name} name={name} type="date" value={value} />
  </div>
);
