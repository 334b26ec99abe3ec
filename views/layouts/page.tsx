/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { assetUrl } from '#src/http/assets.ts';
import { Icon, type IconName, Sprite } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { Document } from './document.tsx';
import { furtherPlace } from './further.ts';
import type { Person } from './person.ts';
import { PersonMenu } from './person-menu.tsx';
import { type Place, Rail } from './rail.tsx';

type Props = {
  title: string;
  person: Person;
  account: string;
  current: Place;
  /** Whether the page changes by itself; then its times stand on this clock. */
  isLive?: boolean;
  timeZone?: string;
  icons?: readonly IconName[];
  /** A navigation of its own, between the rail and the page. */
  beside?: ComponentChildren;
  children: ComponentChildren;
};

/** A page beside the rail: settings and problems of somebody signed in. */
export const Page = ({
  title,
  person,
  account,
  current,
  isLive = false,
  timeZone,
  icons = [],
  beside,
  children,
}: Props) => (
  <Document
    isPage
    title={title}
    display={person.display}
    isLive={isLive}
    body={{
      'data-user': String(person.userId),
      'data-unsent': words.signOutUnsent,
      ...(timeZone === undefined ? {} : { 'data-zone': timeZone }),
    }}
  >
    {/* What was not sent in the inbox lies in this browser, and the way out is here too. */}
    {isLive ? null : <script type="module" src={assetUrl('unsent.js')} />}
    <Sprite names={[...new Set<IconName>(['inbox', 'search', 'more', ...furtherIcon(person), ...icons])]} />
    <div class={beside === undefined ? 'page' : 'page page--sub'}>
      <Rail person={person} account={account} current={current} />
      {beside}
      <main class="page__main page__main--text" id="main">
        {children}
      </main>
      <nav class="dock" aria-label={words.views.label}>
        <ul>
          <li>
            <a href="/inbox">
              <Icon name="inbox" />
              {words.inbox}
            </a>
          </li>
          <li>
            <a href="/search" aria-current={current === 'search' ? 'page' : undefined}>
              <Icon name="search" />
              {words.search.title}
            </a>
          </li>
          <FurtherItem person={person} current={current} />
          <li>
            <details class="menu menu--up">
              <summary>
                <Icon name="more" />
                {words.more}
              </summary>
              <ul class="pop">
                <PersonMenu person={person} account={account} current={current} />
              </ul>
            </details>
          </li>
        </ul>
      </nav>
    </div>
  </Document>
);

const furtherIcon = (person: Person): IconName[] => {
  const further = furtherPlace(person);
  return further === null ? [] : [further.icon];
};

const FurtherItem = ({ person, current }: Pick<Props, 'person' | 'current'>) => {
  const further = furtherPlace(person);
  return further === null ? null : (
    <li>
      <a href={further.href} aria-current={current === further.place ? 'page' : undefined}>
        <Icon name={further.icon} />
        {further.name}
      </a>
    </li>
  );
};
