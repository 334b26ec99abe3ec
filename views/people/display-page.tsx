/** @jsxImportSource preact */
import { type Display, densities, plainDisplay, themes } from '#src/people/display.ts';
import { Page } from '../layouts/page.tsx';
import type { Person } from '../layouts/person.ts';
import { OwnTabs } from '../sessions/own-page.tsx';
import { Icon } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

type Props = { viewer: Person; account: string; isSaved: boolean };

/** How the pages look to somebody in this browser. */
export function DisplayPage({ viewer, account, isSaved }: Props) {
  const { theme, density }: Display = viewer.display ?? plainDisplay;
  return (
    <Page title={words.me.title} person={viewer} account={account} current="me" icons={['okc']}>
      <OwnTabs place="me" />
      <div class="page__head">
        <div>
          <h1 class="title">{words.me.title}</h1>
          <p class="small">{words.me.lead}</p>
        </div>
      </div>
      {isSaved ? (
        <p class="state state--ok page__said" role="status">
          <Icon name="okc" />
          {words.me.saved}
        </p>
      ) : null}
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
    </Page>
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
