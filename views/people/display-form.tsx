/** @jsxImportSource preact */
import { type Display, densities, plainDisplay, themes } from '#src/people/display.ts';
import { words } from '../words/words.ts';

/** How the pages look to somebody in this browser. */
export function DisplayForm({ display = plainDisplay }: { display?: Display | undefined }) {
  const { theme, density } = display;
  return (
    <form class="stack" method="post" action="/me/display">
      <Choice name="theme" legend={words.me.theme} options={themes} chosen={theme} says={words.me.themes} />
      <Choice
        name="density"
        legend={words.me.density}
        options={densities}
        chosen={density}
        says={words.me.densities}
      />
      <p class="bar">
        <button class="btn btn--primary" type="submit">
          {words.me.save}
        </button>
      </p>
    </form>
  );
}

type ChoiceProps<T extends string> = {
  name: string;
  legend: string;
  options: readonly T[];
  chosen: T;
  /** The name of each option, and what it means. */
  says: Record<T, readonly string[]>;
};

const Choice = <T extends string>({ name, legend, options, chosen, says }: ChoiceProps<T>) => (
  <fieldset class="choices">
    <legend class="h">{legend}</legend>
    {options.map((option) => (
      <label key={option}>
        <input type="radio" name={name} value={option} checked={option === chosen} />
        <span>
          {says[option][0]}
          <small>{says[option][1]}</small>
        </span>
      </label>
    ))}
  </fieldset>
);
