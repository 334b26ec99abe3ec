/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { hasSettings, type SettingsPlace, sectionsFor } from '../settings/sections.ts';
import type { IconName } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { Page } from './page.tsx';
import type { Person } from './person.ts';

type Props = {
  place: SettingsPlace;
  person: Person;
  account: { name: string; timeZone: string };
  /** Beside the title: what the page is for. */
  lead?: string;
  /** What can be done here, at the title's end. */
  actions?: ComponentChildren;
  /** Below another page of the settings: its own title, and where it leads back to (`from`, if not to that page). */
  below?: { title: string; href: string; from?: string };
  icons?: readonly IconName[];
  children: ComponentChildren;
};

/** A page of the settings (of which agents have one, with nothing beside it): the rail, the sections beside it, and on small screens the way back to their list. */
export function Settings({ place, person, account, lead, actions, below, icons = [], children }: Props) {
  const title = below?.title ?? words.settingsPages[place];
  const back = below ? { href: below.href, text: below.from ?? words.settingsPages[place] } : null;
  const isAmongSettings = hasSettings(person);
  return (
    <Page
      title={title}
      person={person}
      account={account.name}
      current={isAmongSettings ? 'settings' : 'templates'}
      timeZone={account.timeZone}
      icons={icons}
      {...(isAmongSettings ? { beside: <Sections place={place} person={person} /> } : {})}
    >
      {isAmongSettings ? <Crumb back={back} /> : null}
      <div class="page__head">
        <div>
          <h1 class="title">{title}</h1>
          {lead === undefined ? null : <p class="small">{lead}</p>}
        </div>
        {actions === undefined ? null : <div class="bar bar__end">{actions}</div>}
      </div>
      {children}
    </Page>
  );
}

const Crumb = ({ back }: { back: { href: string; text: string } | null }) =>
  back === null ? (
    <p class="crumb crumb--small">
      <a href="/settings">{words.settings}</a>
    </p>
  ) : (
    <p class="crumb">
      <a href={back.href}>{back.text}</a>
    </p>
  );

const Sections = ({ place, person }: Pick<Props, 'place' | 'person'>) => (
  <nav class="subnav" aria-label={words.settings}>
    {sectionsFor(person).map(({ name, items }) => (
      <>
        <h2 key={name}>{words.settingsGroups[name]}</h2>
        <ul>
          {items.map((item) => (
            <li key={item.place}>
              <a href={item.href} aria-current={item.place === place ? 'page' : undefined}>
                {words.settingsPages[item.place]}
              </a>
            </li>
          ))}
        </ul>
      </>
    ))}
  </nav>
);
