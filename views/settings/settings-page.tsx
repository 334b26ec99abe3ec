/** @jsxImportSource preact */
import { Page } from '../layouts/page.tsx';
import type { Person } from '../layouts/person.ts';
import { words } from '../words/words.ts';
import { sectionsFor } from './sections.ts';

/** All there is to set, each with what it is for. */
export const SettingsPage = ({ person, account }: { person: Person; account: { name: string } }) => (
  <Page title={words.settings} person={person} account={account.name} current="settings">
    <div class="page__head">
      <div>
        <h1 class="title">{words.settings}</h1>
        <p class="small">
          <bdi>{account.name}</bdi>
        </p>
      </div>
    </div>
    <div class="stack">
      {sectionsFor(person).map(({ name, items }) => (
        <section key={name} aria-labelledby={`settings-${name}`}>
          <h2 class="h" id={`settings-${name}`}>
            {words.settingsGroups[name]}
          </h2>
          <ul class="choose">
            {items.map(({ place, href }) => (
              <li key={place}>
                <a href={href}>
                  {words.settingsPages[place]}
                  <small>{words.settingsLeads[place]}</small>
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  </Page>
);
